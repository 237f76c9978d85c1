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
 * after the change, so that an answer that comes late never shows what is no more. A tile that cannot be had is waited
 * for: the map goes on showing what it has, and asks again with the next change. (Told of the failure, MapLibre 6.17
 * would not ask for the tile again.)
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
  }

  /** @throws the signal's reason, and nothing else. */
  async load(tile: TileAddress, signal: AbortSignal): Promise<TileData> {
    for (;;) {
      const { signal: changed } = this.#change;
      const either = AbortSignal.any([signal, changed]);
      const data = await this.#fetch(tile, either);
      signal.throwIfAborted();
      if (data !== null && !changed.aborted) return data;
      if (!either.aborted) await aborted(either);
      this.#faults.delete(keyOf(tile));
      this.#tell();
      signal.throwIfAborted();
    }
  }

  /** Null when there is none to be had now. */
  async #fetch(tile: TileAddress, signal: AbortSignal): Promise<TileData | null> {
    this.#underWay += 1;
    if (this.#underWay === 1) this.#listener.onBusy(true);
    try {
      return await this.#fetchTile(tile, this.#filter, signal);
    } catch (error) {
      if (!signal.aborted) this.#faults.set(keyOf(tile), error);
      return null;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#listener.onBusy(false);
      this.#tell();
    }
  }

  /** That nothing is amiss is told when nothing is under way that may show otherwise. */
  #tell(): void {
    const [fault] = this.#faults.values();
    if (fault !== undefined) this.#listener.onProblem(fault);
    else if (this.#underWay === 0) this.#listener.onProblem(null);
  }
}

function keyOf({ z, x, y }: TileAddress): string {
  return `${z}/${x}/${y}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
