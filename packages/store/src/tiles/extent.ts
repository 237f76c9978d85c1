import type { Bbox } from "@argus/core";

import type { Selection } from "../index/selection.ts";
import type { Positions } from "../index/spatial-order.ts";

/** The smallest box around the located cameras (west > east crosses the antimeridian), and how many they are. */
export type Extent = { bbox: Bbox | null; located: number };

/** Parts of the equator: two cameras within one are not looked between for the widest gap. */
const PARTS = 3600;
const WORD_BITS = 32;

/**
 * The smallest box around a selection's located cameras. Gaps between them of less than a tenth of a degree may be
 * overlooked: only boxes around nearly the whole equator have no wider one.
 */
export function extentOf(positions: Positions, { bits }: Selection): Extent {
  const lons = new Gaps();
  let [south, north, located] = [90, -90, 0];
  // Plain loops: they run over a million slots.
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) {
      const slot = (word + 1) * WORD_BITS - 1 - Math.clz32(rest & -rest);
      const lat = positions.latAt(slot);
      const lon = positions.lonAt(slot);
      if (Number.isNaN(lat) || Number.isNaN(lon)) continue;
      located += 1;
      lons.add(lon);
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    }
  }
  if (located === 0) return { bbox: null, located };
  const { west, east } = lons.around();
  return { bbox: [west, south, east, north], located };
}

/** Longitudes, of which the westernmost and easternmost in each part of the equator are kept. */
class Gaps {
  readonly #least = new Float64Array(PARTS).fill(Number.POSITIVE_INFINITY);
  readonly #most = new Float64Array(PARTS).fill(Number.NEGATIVE_INFINITY);

  add(lon: number): void {
    const part = Math.min(PARTS - 1, Math.floor(((lon + 180) / 360) * PARTS));
    if (lon < (this.#least[part] ?? 0)) this.#least[part] = lon;
    if (lon > (this.#most[part] ?? 0)) this.#most[part] = lon;
  }

  /** What is left of the circle without the widest gap; of equally wide ones that across the antimeridian. */
  around(): { west: number; east: number } {
    const filled = [...this.#least.keys()].filter((part) => Number.isFinite(this.#least[part]));
    let west = this.#least[filled[0] ?? 0] ?? 0;
    let east = this.#most[filled.at(-1) ?? 0] ?? 0;
    let widest = west + 360 - east;
    for (const [nth, part] of filled.entries()) {
      const end = this.#least[filled[nth + 1] ?? -1];
      const start = this.#most[part] ?? 0;
      if (end === undefined || end - start <= widest) continue;
      widest = end - start;
      [west, east] = [end, start];
    }
    return { west, east };
  }
}
