import {
  type Camera,
  type CameraFilter,
  type CameraQuery,
  type Clock,
  describeError,
  type Facets,
  isoNow,
  type ListedCamera,
  type Log,
  type Scrape,
  silentLog,
} from "@argus/core";

import type { CameraIndex } from "./camera-index.ts";
import { copyCamera } from "./camera-record.ts";
import type { UpsertCounts } from "./change.ts";
import { eachCamera } from "./each-camera.ts";
import type { Engine } from "./engine.ts";
import { storeClosed } from "./errors.ts";
import { facetsOf } from "./facets.ts";
import { sqlitePath } from "./location.ts";
import { type CameraPage, pageOf } from "./page.ts";
import { Registry } from "./registry.ts";
import { MAX_SCRAPES } from "./scrape-history.ts";
import { openSqlite } from "./sqlite/database.ts";
import { WriteQueue } from "./write-queue.ts";

const DEFAULT_BUSY_TIMEOUT_MS = 2000;

export type StoreOptions = {
  /** `sqlite:<path>` or a plain path. Left out: the store is in memory only. */
  url?: string;
  log?: Log;
  clock?: Clock;
  /** How long a write waits for another program's lock, in milliseconds (2000). */
  busyTimeoutMs?: number;
};

/**
 * The registry of cameras: kept in a database, answered from memory. Until `connect()` it holds everything in memory
 * alone; `connect()` adds what the database has and stores what was given before. All methods throw ARGUS_STORE_CLOSED
 * once it is closed; those that write throw ARGUS_STORE_WRITE_FAILED, _LOCKED, _CORRUPT or _BUSY, and then nothing has
 * changed, neither on disk nor in memory.
 */
export class CameraStore implements AsyncDisposable {
  readonly engine: "memory" | "sqlite";
  readonly #path: string | null;
  readonly #busyTimeoutMs: number;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #queue = new WriteQueue();
  #registry = new Registry(null);
  #database: Engine | null = null;
  #connecting: Promise<void> | null = null;
  #connected = false;
  #closing: Promise<void> | null = null;

  /** Touches nothing. @throws ArgusError ARGUS_STORE_URL_INVALID. */
  constructor(options: StoreOptions = {}) {
    this.#path = options.url === undefined ? null : sqlitePath(options.url);
    this.engine = this.#path === null ? "memory" : "sqlite";
    this.#busyTimeoutMs = options.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS;
    this.#log = options.log ?? silentLog;
    this.#clock = options.clock ?? Date.now;
  }

  /** True from the end of a successful `connect()` to `close()`. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Cameras that are not gone. */
  get size(): number {
    return this.#registry.index.size;
  }

  /** Grows with every committed batch that changed a camera; being seen again unchanged is no change. */
  get changeSequence(): number {
    return this.#registry.sequence;
  }

  /**
   * Opens or creates the database, loads it, and writes what the store was given before. Calls share one attempt; a
   * failed one leaves the store working in memory and may be repeated.
   * @throws ArgusError ARGUS_STORE_NOT_A_DATABASE, _FOREIGN_DATABASE, _SCHEMA_NEWER, _OPEN_FAILED, _LOCKED, _CORRUPT.
   */
  async connect(): Promise<void> {
    this.#assertOpen();
    this.#connecting ??= this.#queue.run(() => this.#open());
    const attempt = this.#connecting;
    try {
      await attempt;
    } catch (error) {
      if (this.#connecting === attempt) this.#connecting = null;
      throw error;
    }
  }

  async #open(): Promise<void> {
    if (this.#path !== null) {
      const database = await openSqlite(this.#path, { busyTimeoutMs: this.#busyTimeoutMs });
      try {
        const registry = new Registry(database);
        await registry.catchUp();
        await registry.absorb(this.#registry);
        this.#registry = registry;
        this.#database = database;
      } catch (error) {
        await database.close();
        throw error;
      }
    }
    this.#connected = true;
    this.#log.info("store connected", { engine: this.engine, path: this.#path, cameras: this.size });
  }

  /** Waits for the writes already asked for, then lets go of the database. Further calls return the same promise. */
  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    await this.#queue.idle();
    this.#connected = false;
    await this.#database?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Inserts and updates cameras in one transaction; only rows whose listed fields differ are written. Of several with
   * one id the last wins and is counted once. What health checks and AI put on a camera stays.
   */
  async upsert(cameras: readonly ListedCamera[]): Promise<UpsertCounts> {
    return this.#write((registry) => registry.upsert(cameras, isoNow(this.#clock)));
  }

  /**
   * After a complete scrape: cameras of the source that it did not list get `gone_at`. Returns how many.
   * `listed` holds full camera ids. An upsert of a gone camera brings it back.
   */
  async markGone(sourceId: string, listed: ReadonlySet<string>): Promise<number> {
    return this.#write((registry) => registry.markGone(sourceId, listed, isoNow(this.#clock)));
  }

  async get(id: string): Promise<Camera | null> {
    const entry = (await this.#freshIndex()).get(id);
    return entry === undefined ? null : copyCamera(entry.camera);
  }

  /** A camera whose stream or snapshot URL is exactly this; one that is not gone before one that is. */
  async findByUrl(url: string): Promise<Camera | null> {
    const entry = (await this.#freshIndex()).findByUrl(url);
    return entry === undefined ? null : copyCamera(entry.camera);
  }

  /**
   * One page of a query. Pages stay in step while cameras come and go between them. `near` without `sort` is nearest first.
   * @throws ArgusError ARGUS_STORE_CURSOR_INVALID.
   */
  async page(query: CameraQuery): Promise<CameraPage> {
    return pageOf(await this.#freshIndex(), query);
  }

  /** Every camera of a filter in the order of ids, without a limit and without holding them all. */
  async *each(filter: CameraFilter, options: { signal?: AbortSignal } = {}): AsyncGenerator<Camera, void> {
    await this.#freshIndex();
    yield* eachCamera(() => this.#openIndex(), filter, options.signal);
  }

  /** Counts by each field's values under the whole filter: most first, at most 200 values a field. */
  async facets(filter: CameraFilter): Promise<Facets> {
    return facetsOf(await this.#freshIndex(), filter);
  }

  /** Cameras that are not gone, per source. */
  countBySource(): ReadonlyMap<string, number> {
    return new Map(this.#openIndex().perSource);
  }

  /** Inserts a scrape, or replaces the one with its id; the newest 500 are kept. */
  async saveScrape(scrape: Scrape): Promise<void> {
    await this.#write((registry) => registry.saveScrape(scrape));
  }

  /** Past scrapes, newest first. */
  async scrapes(limit: number): Promise<Scrape[]> {
    return this.#write((registry) => registry.scrapes(Math.max(0, Math.min(Math.trunc(limit), MAX_SCRAPES))));
  }

  async #write<Result>(task: (registry: Registry) => Promise<Result>): Promise<Result> {
    this.#assertOpen();
    return this.#queue.run(() => task(this.#registry));
  }

  /** The index with what other programs have written; without it when the database cannot be read just now. */
  async #freshIndex(): Promise<CameraIndex> {
    this.#assertOpen();
    try {
      if (this.#registry.isBehind) await this.#queue.run(() => this.#registry.catchUp());
    } catch (error) {
      this.#log.warn("store answers from memory, the database cannot be read", { error: describeError(error) });
    }
    return this.#openIndex();
  }

  #openIndex(): CameraIndex {
    this.#assertOpen();
    return this.#registry.index;
  }

  #assertOpen(): void {
    if (this.#closing !== null) throw storeClosed();
  }
}

/** A store that is connected. @throws what `connect()` throws. */
export async function openStore(options: StoreOptions & { url: string }): Promise<CameraStore> {
  const store = new CameraStore(options);
  await store.connect();
  return store;
}
