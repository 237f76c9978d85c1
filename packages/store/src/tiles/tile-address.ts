import { tileInvalid } from "../errors.ts";
import { endOfSquare, MAX_LEVEL, type MortonPoints, placeOf } from "../index/morton.ts";

/** A map tile as the web names it (XYZ): y from the north. */
export type TileAddress = { z: number; x: number; y: number };

/** The deepest zoom there are tiles for: 10 m across at the equator. */
export const MAX_TILE_ZOOM = 22;

/** A tile's or cell's width and height in mercator units. */
export function sizeOfLevel(level: number): number {
  return 2 ** (MAX_LEVEL - level);
}

/** @throws ArgusError ARGUS_TILE_INVALID */
export function checkAddress(address: TileAddress): void {
  const { z, x, y } = address;
  const isTile = isWholeUpTo(z, MAX_TILE_ZOOM) && isWholeUpTo(x, 2 ** z - 1) && isWholeUpTo(y, 2 ** z - 1);
  if (!isTile) throw tileInvalid(address, MAX_TILE_ZOOM);
}

/** Where a tile's points begin and end: each point is in exactly one tile of every zoom. */
export function rangeOf(points: MortonPoints, { z, x, y }: TileAddress): { from: number; to: number } {
  const size = sizeOfLevel(z);
  const from = placeOf(points, x * size, y * size, 0);
  const isInside =
    from < points.length &&
    Math.floor((points.xs[from] ?? 0) / size) === x &&
    Math.floor((points.ys[from] ?? 0) / size) === y;
  return { from, to: isInside ? endOfSquare(points, from, points.length, z) : from };
}

function isWholeUpTo(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
