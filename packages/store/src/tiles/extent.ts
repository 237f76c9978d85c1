import type { Bbox } from "@argus/core";

import type { MortonPoints } from "../index/morton.ts";
import { hasBit, type Selection } from "../index/selection.ts";
import type { SpatialOrder } from "../index/spatial-order.ts";

/** The smallest box around the located cameras (west > east crosses the antimeridian), and how many they are. */
export type Extent = { bbox: Bbox | null; located: number };

/** Mercator units are grouped by their highest 12 bits into parts of the equator, each less than a tenth of a degree. */
const PART_SHIFT = 20;
const PARTS = 4096;
const LAST_UNIT = 2 ** 32 - 1;

/** The box in mercator units. */
type Edges = { west: number; east: number; north: number; south: number };
/** `begins`, `ends`: the first and the last point of each part. */
type Found = { located: number; begins: Uint32Array; ends: Uint32Array; north: number; south: number };

/**
 * The smallest box around a selection's located cameras. Gaps within a part of the equator are not looked for: only
 * boxes around nearly all of it have none wider.
 */
export function extentOf(order: SpatialOrder, { bits }: Selection): Extent {
  const points = order.points();
  const { located, begins, ends, ...latitudes } = findEdges(points, bits);
  if (located === 0) return { bbox: null, located };
  const edges = { ...latitudes, ...aroundWidestGap(begins, ends) };
  return { bbox: exactly(order, slotsAtEdges(points, bits, edges)), located };
}

// Plain loops over typed arrays: they run over a million points.
function findEdges({ xs, ys, slots, length }: MortonPoints, bits: Uint32Array): Found {
  const begins = new Uint32Array(PARTS).fill(LAST_UNIT);
  const ends = new Uint32Array(PARTS);
  let [located, north, south] = [0, LAST_UNIT, 0];
  for (let at = 0; at < length; at += 1) {
    if (!hasBit(bits, slots[at] ?? 0)) continue;
    const x = xs[at] ?? 0;
    const y = ys[at] ?? 0;
    const part = x >>> PART_SHIFT;
    if (x < (begins[part] ?? 0)) begins[part] = x;
    if (x > (ends[part] ?? 0)) ends[part] = x;
    if (y < north) north = y;
    if (y > south) south = y;
    located += 1;
  }
  return { located, begins, ends, north, south };
}

/** What is left of the circle without the widest gap; of equally wide ones that across the antimeridian. */
function aroundWidestGap(begins: Uint32Array, ends: Uint32Array): { west: number; east: number } {
  // An empty part ends before it begins.
  const filled = [...begins.keys()].filter((part) => (begins[part] ?? 0) <= (ends[part] ?? 0));
  let [west, east] = [begins[filled[0] ?? 0] ?? 0, ends[filled.at(-1) ?? 0] ?? 0];
  let widest = west + LAST_UNIT - east;
  for (const [nth, part] of filled.entries()) {
    const next = filled[nth + 1];
    if (next === undefined) break;
    const [end = 0, begin = 0] = [ends[part], begins[next]];
    if (begin - end > widest) [widest, west, east] = [begin - end, begin, end];
  }
  return { west, east };
}

/** The slots of the points on each edge, to the unit: few, or many in one place. */
function slotsAtEdges(
  { xs, ys, slots, length }: MortonPoints,
  bits: Uint32Array,
  edges: Edges,
): Record<keyof Edges, number[]> {
  const found: Record<keyof Edges, number[]> = { west: [], east: [], north: [], south: [] };
  for (let at = 0; at < length; at += 1) {
    const x = xs[at] ?? 0;
    const y = ys[at] ?? 0;
    if (x !== edges.west && x !== edges.east && y !== edges.north && y !== edges.south) continue;
    const slot = slots[at] ?? 0;
    if (!hasBit(bits, slot)) continue;
    if (x === edges.west) found.west.push(slot);
    if (x === edges.east) found.east.push(slot);
    if (y === edges.north) found.north.push(slot);
    if (y === edges.south) found.south.push(slot);
  }
  return found;
}

function exactly(order: SpatialOrder, slots: Record<keyof Edges, number[]>): Bbox {
  const lon = (slot: number): number => order.lonAt(slot);
  const lat = (slot: number): number => order.latAt(slot);
  return [
    least(slots.west.map(lon)),
    least(slots.south.map(lat)),
    most(slots.east.map(lon)),
    most(slots.north.map(lat)),
  ];
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}
