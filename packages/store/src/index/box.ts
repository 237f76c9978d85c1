import { type Bbox, bboxContains } from "@argus/core";

import { mercatorX, mercatorY } from "./mercator.ts";
import type { MortonPoints } from "./morton.ts";
import type { Positions } from "./positions.ts";
import { type Square, type Verdict, visitSquares } from "./squares.ts";

/** Units by which the mercator formula may be off, so that one point at an edge is not on its right side. */
const SLACK = 2;

/** Visits the points that `bboxContains`. */
export function visitBox(points: MortonPoints, at: Positions, bbox: Bbox, visit: (slot: number) => void): void {
  const [west, south, east, north] = bbox;
  // Across the antimeridian the two parts have no meridian in common.
  const parts: Bbox[] =
    west <= east
      ? [bbox]
      : [
          [west, south, 180, north],
          [-180, south, east, north],
        ];
  for (const part of parts) {
    const edges = edgesOf(part);
    visitSquares(points, {
      judge: (square) => judge(square, edges),
      holds: (slot) => bboxContains(part, { lon: at.lonAt(slot), lat: at.latAt(slot) }),
      visit,
    });
  }
}

function edgesOf([west, south, east, north]: Bbox): Square {
  return { west: mercatorX(west), north: mercatorY(north), east: mercatorX(east), south: mercatorY(south) };
}

function judge(square: Square, edges: Square): Verdict {
  if (square.east + SLACK < edges.west || square.west - SLACK > edges.east) return "none";
  if (square.south + SLACK < edges.north || square.north - SLACK > edges.south) return "none";
  const isInside =
    square.west > edges.west + SLACK &&
    square.east < edges.east - SLACK &&
    square.north > edges.north + SLACK &&
    square.south < edges.south - SLACK;
  return isInside ? "all" : "some";
}
