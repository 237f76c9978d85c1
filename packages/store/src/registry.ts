import type { Camera, IsoTime, ListedCamera, Scrape } from "@argus/core";

import type { Kysely } from "kysely";

import { CameraEntry } from "./camera-entry.ts";
import { CameraIndex } from "./camera-index.ts";
import { readCamerasSince, readCompleted, writeCameras } from "./camera-table.ts";
import { type Change, goneChange, mergeChange, upsertChange, type UpsertCounts } from "./change.ts";
import type { Engine } from "./engine.ts";
import { outrun } from "./errors.ts";
import { lastSeen, laterOf } from "./last-seen.ts";
import { MAX_SCRAPES, MemoryScrapes, type ScrapeHistory, StoredScrapes } from "./scrape-history.ts";
import type { Tables } from "./tables.ts";
import { TimeSlice } from "./time-slice.ts";

/** How often a write starts over because another program's came first. */
const MAX_RACES = 10;

/**
 * The cameras and the scrapes: an index in memory and, given an engine, the database it mirrors.
 * Everything here but reading `index` must be called one after the other.
 */
export class Registry {
  readonly index: CameraIndex = new CameraIndex();
  readonly #engine: Engine | null;
  readonly #scrapes: ScrapeHistory;
  /** Per source, when a scrape last listed all of it. */
  readonly #completed = new Map<string, IsoTime>();
  #sequence = 0;
  /** The database's sequence, as far as the index has followed it. */
  #followed = 0;
  #isBehind: boolean;

  constructor(engine: Engine | null) {
    this.#engine = engine;
    this.#scrapes = engine === null ? new MemoryScrapes() : new StoredScrapes(engine);
    this.#isBehind = engine !== null;
  }

  get sequence(): number {
    return this.#sequence;
  }

  async upsert(cameras: readonly ListedCamera[], now: IsoTime): Promise<UpsertCounts> {
    const doing = `storing ${cameras.length} cameras`;
    return (await this.#commit(() => upsertChange(this.index, cameras, now), doing)).counts;
  }

  async markGone(sourceId: string, listed: ReadonlySet<string>, now: IsoTime): Promise<number> {
    const doing = `marking cameras of ${sourceId} gone`;
    return (await this.#commit(() => goneChange(this.index, sourceId, listed, now), doing)).written.length;
  }

  /** Takes over what another registry holds. */
  async absorb(other: Registry): Promise<void> {
    this.#sequence = Math.max(this.#sequence, other.#sequence);
    const stored = { index: this.index, completed: this.#completed };
    await this.#commit(
      () => mergeChange(stored, { index: other.index, completed: other.#completed }),
      "storing what was in memory",
    );
    for (const scrape of (await other.scrapes(MAX_SCRAPES)).toReversed()) await this.saveScrape(scrape);
  }

  async saveScrape(scrape: Scrape): Promise<void> {
    await this.#scrapes.save(scrape);
  }

  async scrapes(limit: number): Promise<Scrape[]> {
    return this.#scrapes.list(limit);
  }

  /** True when the database holds what the index has not seen. */
  get isBehind(): boolean {
    this.#isBehind ||= this.#engine?.changedElsewhere() ?? false;
    return this.#isBehind;
  }

  /** Brings the index up to the database: all of it at first, later what other programs have written. */
  async catchUp(): Promise<void> {
    if (this.#engine === null || !this.isBehind) return;
    await this.#engine.read("reading the cameras", (db) => this.#follow(db));
  }

  async #follow(db: Kysely<Tables>): Promise<void> {
    // Cleared first: what is committed while this reads is noticed as new.
    this.#isBehind = false;
    try {
      let followed = this.#followed;
      for await (const portion of readCamerasSince(db, followed)) {
        await this.#take(portion.cameras);
        followed = portion.sequence;
      }
      // Only now, for a portion may end in the middle of a batch.
      this.#followed = followed;
      this.#sequence = Math.max(this.#sequence, followed);
      this.#complete(await readCompleted(db));
    } catch (error) {
      this.#isBehind = true;
      throw error;
    }
  }

  async #take(cameras: readonly Camera[]): Promise<void> {
    const slice = new TimeSlice();
    for (const camera of cameras) {
      const known = this.index.get(camera.id)?.camera.last_seen_at ?? camera.last_seen_at;
      if (camera.gone_at === null)
        camera.last_seen_at = laterOf(known, lastSeen(camera, this.#completed.get(camera.source_id)));
      this.index.put(new CameraEntry(camera));
      if (slice.isOver) await slice.pause();
    }
    // Sorted portion by portion, or the first to read would wait for all of it.
    this.index.inOrder();
    await slice.pause();
  }

  async #commit<Wanted extends Change>(plan: () => Promise<Wanted>, doing: string): Promise<Wanted> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      await this.catchUp();
      const change = await plan();
      if (await this.#apply(change, doing)) return change;
      this.#isBehind = true;
    }
    throw outrun(doing);
  }

  /** The database first: when it fails, memory is as it was. */
  async #apply(change: Change, doing: string): Promise<boolean> {
    const next = change.written.length > 0 ? Math.max(this.#sequence, this.#followed) + 1 : this.#sequence;
    if (!(await this.#store(change, next, doing))) return false;
    for (const entry of change.written) this.index.put(entry);
    for (const { entry, at } of change.seen) entry.camera.last_seen_at = at;
    this.#complete(change.completed);
    if (change.written.length > 0) this.#followed = next;
    this.#sequence = next;
    return true;
  }

  async #store({ written, completed }: Change, next: number, doing: string): Promise<boolean> {
    if (this.#engine === null || (written.length === 0 && completed.size === 0)) return true;
    const batch = { cameras: written.map(({ camera }) => camera), completed, known: this.#followed, next };
    return this.#engine.write(doing, (db) => writeCameras(db, batch));
  }

  #complete(completed: ReadonlyMap<string, IsoTime>): void {
    const later = new Map([...completed].filter(([sourceId, at]) => at > (this.#completed.get(sourceId) ?? "")));
    if (later.size === 0) return;
    for (const [sourceId, at] of later) this.#completed.set(sourceId, at);
    for (const { camera } of this.index.entries()) camera.last_seen_at = lastSeen(camera, later.get(camera.source_id));
  }
}
