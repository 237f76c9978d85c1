import { latOfY, lonOfX } from "./mercator.ts";
import { endOfSquare, MAX_LEVEL, type MortonPoints, sharedLevel } from "./morton.ts";

/** Points that are looked at one by one rather than divided further. */
const FEW = 16;
const UNITS = 2 ** MAX_LEVEL;

/** The smallest square that holds some points, in mercator units; `east` and `south` are past its end. */
export type Square = { west: number; north: number; east: number; south: number };

/** The same in WGS 84 degrees. */
export type Degrees = { west: number; south: number; east: number; north: number };

/** Whether to visit all of a square's points, none, or those that a look at each decides. */
export type Verdict = "all" | "none" | "some";

export type Search = {
  judge: (square: Square) => Verdict;
  /** Asked of single points where squares cannot tell. */
  holds: (slot: number) => boolean;
  visit: (slot: number) => void;
};

/** Visits the points in the squares that are judged to be of interest. */
export function visitSquares(points: MortonPoints, search: Search, from = 0, to: number = points.length): void {
  if (to - from <= FEW) return visitEach(points, from, to, search);
  const level = sharedLevel(points, from, to - 1);
  const verdict = search.judge(squareOf(points, from, level));
  if (verdict === "none") return;
  if (verdict === "all") visitAll(points, from, to, search);
  else if (level === MAX_LEVEL) visitEach(points, from, to, search);
  else eachQuarter(points, from, to, level, (begin, end) => visitSquares(points, search, begin, end));
}

/** The quarters of a square that hold points: up to four calls. `level`: the square's own. */
export function eachQuarter(
  points: MortonPoints,
  from: number,
  to: number,
  level: number,
  visit: (from: number, to: number) => void,
): void {
  for (let begin = from; begin < to;) {
    const end = endOfSquare(points, begin, to, level + 1);
    visit(begin, end);
    begin = end;
  }
}

/** The square of a level that holds the point at a place. */
export function squareOf({ xs, ys }: MortonPoints, at: number, level: number): Square {
  const size = UNITS / 2 ** level;
  const west = Math.floor((xs[at] ?? 0) / size) * size;
  const north = Math.floor((ys[at] ?? 0) / size) * size;
  return { west, north, east: west + size, south: north + size };
}

export function toDegrees({ west, north, east, south }: Square): Degrees {
  return { west: lonOfX(west), south: latOfY(south), east: lonOfX(east), north: latOfY(north) };
}

function visitAll({ slots }: MortonPoints, from: number, to: number, { visit }: Search): void {
  for (let at = from; at < to; at += 1) visit(slots[at] ?? 0);
}

function visitEach({ slots }: MortonPoints, from: number, to: number, { holds, visit }: Search): void {
  for (let at = from; at < to; at += 1) {
    const slot = slots[at] ?? 0;
    if (holds(slot)) visit(slot);
  }
}
