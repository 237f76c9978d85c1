import { EventEmitter, once } from "node:events";

import type { ListedCamera, Scrape } from "@argus/core";

import type { HostStore } from "../host-store.ts";

/** A store for tests: keeps everything it was told, can be made to fail or to stall, and tells when something came. */
export class MemoryStore extends EventEmitter<{ upsert: []; saved: [] }> implements HostStore {
  readonly cameras: Map<string, ListedCamera> = new Map();
  readonly gone: Set<string> = new Set();
  readonly batches: number[] = [];
  readonly saves: Scrape[] = [];
  /** Awaited before each write. */
  beforeWrite: () => Promise<void> = async () => {};
  beforeSave: () => Promise<void> = async () => {};

  async upsert(cameras: readonly ListedCamera[]): Promise<{ new: number; changed: number; unchanged: number }> {
    this.batches.push(cameras.length);
    this.emit("upsert");
    await this.beforeWrite();
    const counts = { new: 0, changed: 0, unchanged: 0 };
    for (const camera of cameras) {
      const before = this.cameras.get(camera.id);
      if (before === undefined) counts.new += 1;
      else counts[JSON.stringify(before) === JSON.stringify(camera) ? "unchanged" : "changed"] += 1;
      this.cameras.set(camera.id, camera);
      this.gone.delete(camera.id);
    }
    return counts;
  }

  async markGone(sourceId: string, listed: ReadonlySet<string>): Promise<number> {
    const missing = [...this.cameras.values()].filter(({ id, source_id }) => source_id === sourceId && !listed.has(id));
    const newlyGone = missing.filter(({ id }) => !this.gone.has(id));
    for (const { id } of newlyGone) this.gone.add(id);
    return newlyGone.length;
  }

  countBySource(): ReadonlyMap<string, number> {
    const here = [...this.cameras.values()].filter(({ id }) => !this.gone.has(id));
    return new Map(
      Object.entries(Object.groupBy(here, ({ source_id }) => source_id)).map(([id, all]) => [id, all?.length ?? 0]),
    );
  }

  async saveScrape(scrape: Scrape): Promise<void> {
    await this.beforeSave();
    this.saves.push(structuredClone(scrape));
    this.emit("saved");
  }

  /** The number of the save stands for its time. */
  async savedAt(scrapeId: string): Promise<string | null> {
    const at = this.saves.findLastIndex(({ id }) => id === scrapeId);
    return at < 0 ? null : String(at);
  }

  async scrapes(limit: number): Promise<Scrape[]> {
    const byId = new Map(this.saves.map((scrape) => [scrape.id, scrape]));
    return [...byId.values()].toSorted((a, b) => b.started_at.localeCompare(a.started_at)).slice(0, limit);
  }

  /** Settles with the next write. */
  async nextWrite(): Promise<void> {
    await once(this, "upsert");
  }
}
