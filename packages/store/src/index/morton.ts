/**
 * Points in Morton order: by the bits of `ys` and `xs` (web mercator, 32 bits each) in turn, the highest first, then by
 * slot. So the points of any map tile, and of any square that a tile is divided into, stand together.
 * https://en.wikipedia.org/wiki/Z-order_curve
 */
export type MortonPoints = {
  readonly xs: Uint32Array;
  readonly ys: Uint32Array;
  readonly slots: Uint32Array;
  /** How many there are; the arrays may be longer. */
  readonly length: number;
};

/** How many times the world can be quartered until a square is one unit. */
export const MAX_LEVEL = 32;

/** Negative when `a` stands before `b`, whatever their slots. */
export function compareMorton(aX: number, aY: number, bX: number, bY: number): number {
  // The highest bit that differs decides; of two equally high ones that of y.
  return Math.clz32(aX ^ bX) < Math.clz32(aY ^ bY) ? aX - bX : aY - bY;
}

/** Where the first point stands, at `from` or later, that is not before (x, y, slot). */
export function placeOf(points: MortonPoints, x: number, y: number, slot: number, from = 0): number {
  const { xs, ys, slots } = points;
  let low = from;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareMorton(xs[middle] ?? 0, ys[middle] ?? 0, x, y) || (slots[middle] ?? 0) - slot;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The level of the smallest square that holds both points: 0 is the world, 32 one unit. */
export function sharedLevel({ xs, ys }: MortonPoints, a: number, b: number): number {
  return Math.clz32(((xs[a] ?? 0) ^ (xs[b] ?? 0)) | ((ys[a] ?? 0) ^ (ys[b] ?? 0)));
}

/** Where the points end, before `to`, that are in the same square of a level as the one at `from`. */
export function endOfSquare(points: MortonPoints, from: number, to: number, level: number): number {
  // Most squares end soon: steps that double find the end of a small one without halving the whole.
  let low = from + 1;
  let step = 1;
  while (low + step <= to && sharedLevel(points, from, low + step - 1) >= level) {
    low += step;
    step *= 2;
  }
  let high = Math.min(to, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sharedLevel(points, from, middle) >= level) low = middle + 1;
    else high = middle;
  }
  return low;
}
