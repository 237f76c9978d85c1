import {
  type Camera,
  type CameraAnnotation,
  type CameraChanges,
  type CameraFilter,
  type CameraQuery,
  type Clock,
  type Facets,
  isoNow,
  type IsoTime,
  type ListedCamera,
  type Log,
  type Position,
  type Scrape,
  silentLog,
} from "@argus/core";

import { type LinkCounts, linkDuplicates } from "./duplicates/link-duplicates.ts";
import { CameraImports } from "./import/camera-imports.ts";
import { compareWithEngine } from "./import/compare-with-engine.ts";
import { readLocation } from "./location.ts";
import { Personal } from "./personal/personal.ts";
import type { PersonalEngine } from "./personal/personal-engine.ts";
import type { CameraPage, CameraQueries, Extent, Neighbour } from "./registry/camera-queries.ts";
import type { UpsertCounts } from "./registry/registry.ts";
import { readChanges } from "./registry/changes.ts";
import { LiveRegistry } from "./registry/live-registry.ts";
import { MAX_SCRAPES } from "./registry/scrape-history.ts";
import { SettingsOfSources } from "./settings/settings-of-sources.ts";
import type { EngineStats } from "./store-engine.ts";
import type { TileAddress } from "./tiles/render-tile.ts";

const DEFAULT_BUSY_TIMEOUT_MS = 2000;
const MAX_NEIGHBOURS = 1000;

export type StoreOptions = {
  /** `sqlite:<path>`, a plain path or `postgres://…`. Left out: the store is in memory only. */
  url?: string;
  /**
   * `memory` (the default): all cameras are held in a compact index, about 250 bytes each, and questions are answered
   * from it. `none`: nothing is held, and each question reads what it needs; for programs that ask seldom.
   */
  index?: "memory" | "none";
  log?: Log;
  clock?: Clock;
  /** How long a write waits for another program's lock, in milliseconds (2000). */
  busyTimeoutMs?: number;
};

/**
 * The registry of cameras: kept in a database, answered from memory. Until `connect()` it holds everything in memory
 * alone; `connect()` adds what the database has and stores what was given before. All methods throw ARGUS_STORE_CLOSED
 * once it is closed; those that write throw ARGUS_STORE_WRITE_FAILED, _LOCKED, _CORRUPT or _BUSY, and then nothing has
 * changed, neither on disk nor in memory; those that read throw ARGUS_STORE_READ_FAILED or _CORRUPT.
 */
export class CameraStore implements AsyncDisposable {
  readonly engine: "memory" | "sqlite" | "postgres";
  /** Favourites, notes, collections and walls. */
  readonly personal: Personal;
  /** What somebody has set about sources; secrets are among it. */
  readonly sourceSettings: SettingsOfSources;
  /** The way in for the user's own cameras. */
  readonly imports: CameraImports;
  readonly #live: LiveRegistry;
  readonly #clock: Clock;

  /** Touches nothing. @throws ArgusError ARGUS_STORE_URL_INVALID. */
  constructor(options: StoreOptions = {}) {
    const location = readLocation(options.url);
    const { index = "memory", log = silentLog, clock = Date.now, busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS } = options;
    this.engine = location.engine;
    this.#clock = clock;
    this.#live = new LiveRegistry({ location, index, log, clock, busyTimeoutMs });
    const engine: PersonalEngine = {
      read: async (doing, task) => (await this.#live.fresh()).engine.read(doing, task),
      write: (doing, task) => this.#live.write((registry) => registry.engine.write(doing, task)),
    };
    this.personal = new Personal(engine, clock);
    this.sourceSettings = new SettingsOfSources(engine, clock);
    this.imports = new CameraImports({ compare: compareWithEngine(engine), upsert: (cameras) => this.upsert(cameras) });
  }

  /** True from the end of a successful `connect()` to `close()`. */
  get connected(): boolean {
    return this.#live.connected;
  }

  /** Cameras that are not gone. */
  get size(): number {
    return this.#live.current?.size ?? 0;
  }

  /** Grows with every committed batch that changed a camera; being seen again unchanged is no change. */
  get changeSequence(): number {
    return this.#live.current?.sequence ?? 0;
  }

  /** The change sequence, after taking in what other programs have committed. */
  async currentSequence(): Promise<number> {
    return (await this.#live.fresh()).sequence;
  }

  /**
   * Opens or creates the database, loads it, and writes what the store was given before. Calls share one attempt; a
   * failed one leaves the store working in memory and may be repeated.
   * @throws ArgusError ARGUS_STORE_NOT_A_DATABASE, _FOREIGN_DATABASE, _SCHEMA_NEWER, _OPEN_FAILED, _LOCKED, _CORRUPT.
   */
  async connect(): Promise<void> {
    await this.#live.connect();
  }

  /** Waits for the writes already asked for, then lets go of the database. Further calls return the same promise. */
  close(): Promise<void> {
    return this.#live.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Inserts and updates cameras in one transaction; only rows whose listed fields differ are written. Of several with
   * one id the last wins and is counted once. What health checks and AI put on a camera stays.
   */
  async upsert(cameras: readonly ListedCamera[]): Promise<UpsertCounts> {
    return this.#live.write((registry) => registry.upsert(cameras, isoNow(this.#clock)));
  }

  /**
   * After a complete scrape: cameras of the source that it did not list get `gone_at`. Returns how many.
   * `listed` holds full camera ids. An upsert of a gone camera brings it back.
   */
  async markGone(sourceId: string, listed: ReadonlySet<string>): Promise<number> {
    return this.#live.write((registry) => registry.markGone(sourceId, listed, isoNow(this.#clock)));
  }

  /** Takes cameras out by id, as if their source no longer listed them. Returns how many were still there. */
  async retire(ids: readonly string[]): Promise<number> {
    return this.#live.write((registry) => registry.retire(ids, isoNow(this.#clock)));
  }

  /**
   * Puts what health checks and AI found out on cameras, in one transaction; unknown ids are left out. Returns how many
   * cameras were written. @throws ArgusError ARGUS_STORE_ANNOTATION_INVALID.
   */
  async annotate(annotations: readonly CameraAnnotation[]): Promise<number> {
    return this.#live.write((registry) => registry.annotate(annotations));
  }

  /**
   * Links cameras of different sources that show the same view, as far as cameras have changed since this was last done:
   * all but one of them get `duplicate_of`. Nothing is removed; a pair that is no longer alike is parted.
   * @throws the signal's reason; what was linked until then stays, and the next call goes on.
   */
  async linkDuplicates({ signal }: { signal?: AbortSignal } = {}): Promise<LinkCounts> {
    return linkDuplicates({
      fresh: () => this.#live.fresh(),
      write: (task) => this.#live.write(task),
      signal,
    });
  }

  /** The other cameras that show the same view, the one that stands for them first; whichever of them is asked for. */
  async duplicatesOf(id: string): Promise<Camera[]> {
    return (await (await this.#live.fresh()).groupOf(id)).filter((camera) => camera.id !== id);
  }

  async get(id: string): Promise<Camera | null> {
    return (await this.#live.fresh()).get(id);
  }

  /** A camera whose stream or snapshot URL is exactly this; one that is not gone before one that is. */
  async findByUrl(url: string): Promise<Camera | null> {
    return (await this.#live.fresh()).findByUrl(url);
  }

  /**
   * One page of a query. Pages stay in step while cameras come and go between them. `near` without `sort` is nearest first.
   * @throws ArgusError ARGUS_STORE_CURSOR_INVALID.
   */
  async page(query: CameraQuery): Promise<CameraPage> {
    return this.#ask(query, (queries, pks) => queries.page(query, pks));
  }

  /** Every camera of a filter in the order of ids, without a limit and without holding them all. */
  async *each(filter: CameraFilter, options: { signal?: AbortSignal } = {}): AsyncGenerator<Camera, void> {
    const { queries, pks } = await (await this.#live.fresh()).queriesFor(filter);
    yield* queries.each(filter, pks, () => {
      this.#live.assertOpen();
      options.signal?.throwIfAborted();
    });
  }

  /** Counts by each field's values under the whole filter: most first, at most 200 values a field. */
  async facets(filter: CameraFilter): Promise<Facets> {
    return this.#ask(filter, (queries, pks) => queries.facets(filter, pks));
  }

  /**
   * A map tile (Mapbox Vector Tile 2.1) of the located cameras of a filter: layer `clusters` (`count`, `count_short`,
   * `zoom` at which it falls apart) and layer `cameras`. @throws ArgusError ARGUS_TILE_INVALID.
   */
  async tile(address: TileAddress, filter: CameraFilter): Promise<Uint8Array> {
    return this.#ask(filter, (queries, pks) => queries.tile(address, filter, pks));
  }

  /** The smallest box around the located cameras of a filter, and how many they are. */
  async extent(filter: CameraFilter): Promise<Extent> {
    return this.#ask(filter, (queries, pks) => queries.extent(filter, pks));
  }

  /** The `limit` (at most 1000) cameras of a filter that are nearest to a position, however far, the nearest first. */
  async nearest(position: Position, options: { limit: number; filter?: CameraFilter }): Promise<Neighbour[]> {
    const { filter = {} } = options;
    const limit = Math.max(0, Math.min(Math.trunc(options.limit), MAX_NEIGHBOURS));
    return this.#ask(filter, (queries, pks) => queries.nearest(position, limit, filter, pks));
  }

  /**
   * The cameras written since a sequence, oldest change first: ask with 0 for all, then with each answer's `next`.
   * A camera that changed twice comes once, as it is now. @throws ArgusError ARGUS_STORE_CURSOR_INVALID.
   */
  async changesSince(since: number | string, limit: number): Promise<CameraChanges> {
    return readChanges(await this.#live.fresh(), since, limit);
  }

  /** Cameras that are not gone, per source. */
  countBySource(): ReadonlyMap<string, number> {
    this.#live.assertOpen();
    return this.#live.current?.countBySource() ?? new Map();
  }

  /** Inserts a scrape, or replaces the one with its id; the newest 500 are kept. */
  async saveScrape(scrape: Scrape): Promise<void> {
    await this.#live.write((registry) => registry.saveScrape(scrape, isoNow(this.#clock)));
  }

  /** When a scrape was last saved, whoever did; null for one that is not known. */
  async savedAt(scrapeId: string): Promise<IsoTime | null> {
    return (await this.#live.fresh()).savedAt(scrapeId);
  }

  /** Past scrapes, newest first. */
  async scrapes(limit: number): Promise<Scrape[]> {
    return this.#live.write((registry) => registry.scrapes(Math.max(0, Math.min(Math.trunc(limit), MAX_SCRAPES))));
  }

  /**
   * Looks for damage in the database and in what Argus expects of it; tells each problem in a line, none when there is
   * none. Reads everything, so it takes seconds for 100,000 cameras and more for more.
   */
  async check(signal?: AbortSignal): Promise<string[]> {
    return (await this.#live.fresh()).engine.check(signal);
  }

  /** Schema version, bytes on disk and rows of each table. */
  async stats(): Promise<EngineStats> {
    return (await this.#live.fresh()).engine.stats();
  }

  async #ask<Answer>(
    filter: CameraFilter,
    ask: (queries: CameraQueries, pks: Uint32Array | null) => Promise<Answer>,
  ): Promise<Answer> {
    const { queries, pks } = await (await this.#live.fresh()).queriesFor(filter);
    return ask(queries, pks);
  }
}

/** A store that is connected. @throws what `connect()` throws. */
export async function openStore(options: StoreOptions & { url: string }): Promise<CameraStore> {
  const store = new CameraStore(options);
  await store.connect();
  return store;
}
