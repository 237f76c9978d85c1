import type { CameraFilter } from "@argus/core";

import type { TileAddress, TileData } from "../api.ts";

/** Asks the server for one tile of a filter's cameras. */
export type FetchTile = (tile: TileAddress, filter: CameraFilter, signal: AbortSignal) => Promise<TileData>;

export type LoadListener = {
  /** Whether any tile is under way. */
  onBusy(busy: boolean): void;
  /** Why a tile is missing; null once none is. */
  onProblem(error: unknown): void;
};

/** The tile an address like `argus-tiles://3/4/2` names. */
export function tileOf(url: string): TileAddress {
  const [z = 0, x = 0, y = 0] = (url.split("://")[1] ?? "").split("/").map(Number);
  return { z, x, y };
}

/**
 * Fetches the map's tiles. Whatever is asked for while the filter or the registry changes is answered with what holds
 * after the change, so that an answer that comes late never shows what is no more.
 */
export class TileLoader {
  readonly #fetchTile: FetchTile;
  readonly #listener: LoadListener;
  readonly #faults = new Map<string, unknown>();
  #filter: CameraFilter = {};
  #change = new AbortController();
  #underWay = 0;

  constructor(fetchTile: FetchTile, listener: LoadListener) {
    this.#fetchTile = fetchTile;
    this.#listener = listener;
  }

  /** From now on tiles show this filter's cameras as they are now; what is under way begins anew. */
  show(filter: CameraFilter): void {
    this.#filter = filter;
    const before = this.#change;
    this.#change = new AbortController();
    before.abort();
    this.#faults.clear();
  }

  /** @throws what the fetch throws; the signal's reason. */
  async load(tile: TileAddress, signal: AbortSignal): Promise<TileData> {
    this.#underWay += 1;
    if (this.#underWay === 1) this.#listener.onBusy(true);
    try {
      return await this.#newest(tile, signal);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#settle();
    }
  }

  async #newest(tile: TileAddress, signal: AbortSignal): Promise<TileData> {
    const key = `${tile.z}/${tile.x}/${tile.y}`;
    for (;;) {
      const { signal: changed } = this.#change;
      try {
        const data = await this.#fetchTile(tile, this.#filter, AbortSignal.any([signal, changed]));
        if (changed.aborted && !signal.aborted) continue;
        this.#faults.delete(key);
        return data;
      } catch (error) {
        signal.throwIfAborted();
        if (changed.aborted) continue;
        this.#faults.set(key, error);
        this.#listener.onProblem(error);
        throw error;
      }
    }
  }

  #settle(): void {
    this.#listener.onBusy(false);
    if (this.#faults.size === 0) this.#listener.onProblem(null);
  }
}
