import { MAX_TILE_ZOOM } from "./tile-address.ts";

/** Up to this zoom cameras in one cell are a cluster; closer up every camera is itself, crowds apart. */
const CLUSTER_MAX_ZOOM = 13;
/** A tile is 8 by 8 cells, and closer up 16 by 16. */
const CELL_LEVELS = { far: 3, close: 4 };
/** Cameras that a cell may show one by one. Closer up it bounds a tile, to 8192 points. */
const MAX_SHOWN = { far: 1, close: 32 };
/** What `zoom` says at most of a cluster that falls apart, and of one that does not at any zoom. */
const LAST_PARTING_ZOOM = 17;
export const NEVER_PARTS = 18;

/** How cameras are put together at a zoom: squares of a level, of which those that hold more than `maxShown` are clusters. */
export type ClusterGrid = { level: number; maxShown: number };

export function gridOf(zoom: number): ClusterGrid {
  const reach = zoom <= CLUSTER_MAX_ZOOM ? "far" : "close";
  return { level: zoom + CELL_LEVELS[reach], maxShown: MAX_SHOWN[reach] };
}

/**
 * The smallest zoom at which a cluster is no longer one: 17 at most; 18 when it is one at every zoom. `level`: of the
 * smallest square that holds its cameras.
 */
export function partingZoom(count: number, level: number): number {
  for (let zoom = 0; zoom <= MAX_TILE_ZOOM; zoom += 1) {
    const grid = gridOf(zoom);
    if (level < grid.level || count <= grid.maxShown) return Math.min(zoom, LAST_PARTING_ZOOM);
  }
  return NEVER_PARTS;
}
