import { distanceKm, type Near, type Position } from "@argus/core";

import type { MortonPoints } from "./morton.ts";
import type { Positions } from "./positions.ts";
import { type Square, toDegrees, type Verdict, visitSquares } from "./squares.ts";

const RADIANS = Math.PI / 180;
/** Slightly more than a degree of a great circle. */
const KM_PER_DEGREE = 111.1951;
/** By which `distanceKm` and mercator units may be off, together. */
const SLACK_KM = 0.001;

/** Between which kilometres all points of a square are. */
export type DistanceRange = { least: number; most: number };

/** Visits the points within a circle. */
export function visitCircle(points: MortonPoints, at: Positions, circle: Near, visit: (slot: number) => void): void {
  visitSquares(points, {
    judge: (square) => judge(square, circle),
    holds: (slot) => distanceKm(circle, { lon: at.lonAt(slot), lat: at.latAt(slot) }) <= circle.km,
    visit,
  });
}

/**
 * Great circles know neither antimeridian nor poles: the distance to the square's middle, give or take the way from
 * there to its farthest point, along the meridian and then along the parallel.
 */
export function distanceRange(position: Position, square: Square): DistanceRange {
  const { west, south, east, north } = toDegrees(square);
  const middle = distanceKm(position, { lon: (west + east) / 2, lat: (south + north) / 2 });
  const widest = south <= 0 && north >= 0 ? 1 : Math.cos(Math.min(Math.abs(south), Math.abs(north)) * RADIANS);
  const reach = ((north - south) / 2 + ((east - west) / 2) * widest) * KM_PER_DEGREE + SLACK_KM;
  return { least: middle - reach, most: middle + reach };
}

function judge(square: Square, circle: Near): Verdict {
  const { least, most } = distanceRange(circle, square);
  if (least > circle.km) return "none";
  return most <= circle.km ? "all" : "some";
}
