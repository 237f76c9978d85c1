import type { MortonPoints } from "./morton.ts";

/** Bits of x, and as many of y, that one pass sorts by; in 6 passes, so that the result is where it began. */
const DIGIT_BITS = 6;
const COORDINATE_BITS = 32;
const DIGIT_MASK = (1 << DIGIT_BITS) - 1;
const BUCKETS = 1 << (2 * DIGIT_BITS);
/** Points that are counted or moved at a stretch: well under a millisecond or two. */
const BLOCK = 1 << 16;

/** Room for a zero between every two bits: abc → 0a0b0c. */
const SPREAD = Uint16Array.from({ length: 1 << DIGIT_BITS }, (_, value) =>
  Number.parseInt([...value.toString(2)].join("0"), 2),
);

/**
 * Sorts points, which come by slot, into Morton order, where they are (least significant digit first). Each step is
 * short; memory for as many points again until it is done.
 */
export function* sortByMorton(points: MortonPoints): Generator<void, void> {
  const { length } = points;
  let from = points;
  let to: MortonPoints = {
    xs: new Uint32Array(length),
    ys: new Uint32Array(length),
    slots: new Uint32Array(length),
    length,
  };
  for (let shift = 0; shift < COORDINATE_BITS; shift += DIGIT_BITS) {
    const places = new Uint32Array(BUCKETS);
    for (let at = 0; at < length; at += BLOCK) yield countDigits(from, shift, places, at);
    toPlaces(places);
    for (let at = 0; at < length; at += BLOCK) yield moveBlock(from, to, shift, places, at);
    [from, to] = [to, from];
  }
}

// The loops run over a million points: plain indexes over typed arrays.
function countDigits({ xs, ys, length }: MortonPoints, shift: number, counts: Uint32Array, from: number): void {
  const end = Math.min(length, from + BLOCK);
  for (let at = from; at < end; at += 1) {
    const digit = digitOf(xs[at] ?? 0, ys[at] ?? 0, shift);
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
}

function toPlaces(counts: Uint32Array): void {
  let place = 0;
  for (let digit = 0; digit < BUCKETS; digit += 1) {
    const count = counts[digit] ?? 0;
    counts[digit] = place;
    place += count;
  }
}

function moveBlock(points: MortonPoints, to: MortonPoints, shift: number, places: Uint32Array, from: number): void {
  const { xs, ys, slots, length } = points;
  const end = Math.min(length, from + BLOCK);
  for (let at = from; at < end; at += 1) {
    const x = xs[at] ?? 0;
    const y = ys[at] ?? 0;
    const digit = digitOf(x, y, shift);
    const place = places[digit] ?? 0;
    places[digit] = place + 1;
    to.xs[place] = x;
    to.ys[place] = y;
    to.slots[place] = slots[at] ?? 0;
  }
}

function digitOf(x: number, y: number, shift: number): number {
  return ((SPREAD[(y >>> shift) & DIGIT_MASK] ?? 0) << 1) | (SPREAD[(x >>> shift) & DIGIT_MASK] ?? 0);
}
