import type { Camera, IsoTime } from "@argus/core";

import { CameraIndex } from "../index/camera-index.ts";
import { emptyBits, setBit } from "../index/selection.ts";
import { type IndexRow, type IndexValues, toIndexRow } from "../index-row.ts";
import { urlHash } from "../hash.ts";
import { type IndexSnapshot, settle } from "../snapshot/index-snapshot.ts";
import type { StoreEngine } from "../store-engine.ts";
import { TimeSlice } from "../time-slice.ts";
import { CameraQueries } from "./camera-queries.ts";
import type { Change, Written } from "./change.ts";
import { readGreatestPk, readState } from "./commit.ts";
import { readCompleted } from "./completed.ts";
import type { Knowledge, Known } from "./knowledge.ts";
import type { IndexKeeper, Mirror } from "./mirror.ts";

/** Rows read at once. */
const PORTION = 2048;
/** Rows taken in between two looks at the clock. */
const STRIDE = 256;

/** All cameras in a compact index. */
export class IndexMirror implements Mirror {
  readonly #engine: StoreEngine;
  readonly #snapshot: IndexSnapshot | null;
  readonly keeper: IndexKeeper | null;
  #index = new CameraIndex();
  #queries: CameraQueries;
  readonly #completed = new Map<string, IsoTime>();
  #followed: number | null = null;
  #greatestPk = 0;
  /** Rows that were read because they had been written since. */
  #reread = 0;

  constructor(engine: StoreEngine, snapshot: IndexSnapshot | null) {
    this.#engine = engine;
    this.#queries = new CameraQueries(engine, this.#index);
    this.#snapshot = snapshot;
    this.keeper = snapshot && this.#keeperFor(snapshot);
  }

  get size(): number {
    return this.#index.size;
  }

  get followed(): number {
    return this.#followed ?? 0;
  }

  countBySource(): Map<string, number> {
    return this.#index.countBySource();
  }

  async queriesFor(): Promise<CameraQueries> {
    return this.#queries;
  }

  async wholeIndex(): Promise<CameraIndex> {
    return this.#index;
  }

  async findByUrl(url: string): Promise<Camera | null> {
    return this.#queries.findByUrl(url);
  }

  correct(camera: Camera): Camera {
    const slot = this.#index.slotOf(camera.id);
    return slot < 0 ? camera : { ...camera, last_seen_at: iso(this.#index.lastSeenAt(slot)) };
  }

  readonly knowledge: Knowledge = {
    isAtHand: true,
    greatestPk: () => this.#greatestPk,
    find: async (ids) => ids.map((id) => this.#known(this.#index.slotOf(id))),
    presentExcept: (sourceId, listed) => this.#presentExcept(sourceId, listed),
    lastSeen: async (pks) => pks.map((pk) => this.#seenAt(this.#index.slotOfPk(pk))),
  };

  #known(slot: number): Known | null {
    if (slot < 0) return null;
    return {
      pk: this.#index.pkAt(slot),
      listing_hash: this.#index.listingHashAt(slot),
      isGone: this.#index.isGone(slot),
    };
  }

  #seenAt(slot: number): { pk: number; last_seen_at: IsoTime } {
    return { pk: this.#index.pkAt(slot), last_seen_at: iso(this.#index.lastSeenAt(slot)) };
  }

  async #presentExcept(sourceId: string, listed: ReadonlySet<string>) {
    const { bits } = await this.#index.select({ source: [sourceId] }, null);
    const kept = emptyBits(this.#index.length);
    const found: { pk: number; last_seen_at: IsoTime }[] = [];
    const slice = new TimeSlice();
    for (const id of listed) {
      const slot = this.#index.slotOf(id);
      if (slot >= 0) setBit(kept, slot);
      if (slice.isOver) await slice.pause();
    }
    for (const [word, present] of bits.entries()) {
      const leaving = present & ~(kept[word] ?? 0);
      for (let bit = 0; leaving !== 0 && bit < 32; bit += 1)
        if (((leaving >>> bit) & 1) === 1) found.push(this.#seenAt(word * 32 + bit));
      if (slice.isOver) await slice.pause();
    }
    return found;
  }

  #keeperFor(snapshot: IndexSnapshot): IndexKeeper {
    const isWanted = (): boolean => snapshot.isWanted(this.#index.length, this.#reread);
    return {
      get isWanted() {
        return isWanted();
      },
      prepare: async (signal) => settle(this.#index, signal),
      save: async (signal) => {
        if (this.#followed === null) return;
        const followed = { index: this.#index, change_seq: this.#followed, greatestPk: this.#greatestPk };
        await snapshot.save({ ...followed, completed: this.#completed }, signal);
      },
    };
  }

  async follow(): Promise<void> {
    // Before the state is read, which is then never older than the snapshot.
    if (this.#followed === null) await this.#recall();
    // Read first: what is committed while the rows are read is asked for again the next time.
    const [{ change_seq }, completed] = await this.#engine.read(
      "reading the registry's state",
      async (db) => [await readState(db), await readCompleted(db)] as const,
    );
    if (this.#followed === null) await this.#load();
    else if (change_seq !== this.#followed) await this.#takeSince(this.#followed);
    this.#followed = change_seq;
    this.#complete(completed);
  }

  /** Takes the index from its snapshot, if there is one; what has been written since is then yet to be read. */
  async #recall(): Promise<void> {
    const kept = (await this.#snapshot?.load()) ?? null;
    if (kept === null) return;
    this.#index = kept.index;
    this.#queries = new CameraQueries(this.#engine, kept.index);
    this.#greatestPk = kept.greatestPk;
    for (const [sourceId, at] of kept.completed) this.#completed.set(sourceId, at);
    this.#followed = kept.change_seq;
  }

  async #load(): Promise<void> {
    this.#index.reserve(await this.#engine.read("counting the cameras", readGreatestPk));
    await this.#takeAll((last) => this.#engine.indexRowsAfter(last.pk, PORTION));
    await this.#index.settle();
    // Only pages by name wait for this, should one be asked for before it is done.
    void this.#index.settleNames();
  }

  async #takeSince(change_seq: number): Promise<void> {
    const begin = { change_seq, pk: Number.MAX_SAFE_INTEGER };
    this.#reread += await this.#takeAll((last) => this.#engine.indexRowsSince(last.pk === 0 ? begin : last, PORTION));
  }

  /** Takes portion after portion, the next is read while one is taken in; returns how many rows they were. */
  async #takeAll(read: (last: { change_seq: number; pk: number }) => Promise<IndexValues[]>): Promise<number> {
    let reading = read({ change_seq: 0, pk: 0 });
    for (let taken = 0; ;) {
      const rows = await reading;
      const last = rows.at(-1);
      if (last === undefined) return taken;
      taken += rows.length;
      const { pk, change_seq } = toIndexRow(last);
      reading = rows.length < PORTION ? Promise.resolve([]) : read({ pk, change_seq });
      // Waited for in the next round; until then its failure is nobody's.
      reading.catch(() => {});
      await this.#take(rows);
    }
  }

  async #take(rows: readonly IndexValues[]): Promise<void> {
    await inStrides(rows, new TimeSlice(), (values) => this.#put(toIndexRow(values)));
  }

  #put(row: IndexRow): void {
    const known = this.#index.slotOf(row.id);
    const seen = known < 0 || row.gone_at !== null ? 0 : this.#index.lastSeenAt(known);
    const slot = this.#index.put(row);
    if (row.pk > this.#greatestPk) this.#greatestPk = row.pk;
    if (seen > this.#index.lastSeenAt(slot)) this.#index.setLastSeen(slot, seen);
    const complete = row.gone_at === null ? this.#completed.get(row.source_id) : undefined;
    if (complete !== undefined && Date.parse(complete) > this.#index.lastSeenAt(slot))
      this.#index.setLastSeen(slot, Date.parse(complete));
  }

  #complete(completed: ReadonlyMap<string, IsoTime>): void {
    for (const [sourceId, at] of completed) {
      if (at <= (this.#completed.get(sourceId) ?? "")) continue;
      this.#completed.set(sourceId, at);
      this.#index.completeSource(sourceId, Date.parse(at));
    }
  }

  async applied(changes: readonly Change[], change_seq: number): Promise<void> {
    const slice = new TimeSlice();
    for (const { at, added, changed, gone, seen } of changes) {
      const ms = Date.parse(at);
      await inStrides(added, slice, (row) => this.#write(row, at, change_seq));
      await inStrides(changed, slice, (row) => this.#write(row, at, change_seq));
      await inStrides(gone, slice, ({ pk }) => this.#index.markGone(this.#index.slotOfPk(pk)));
      await inStrides(seen, slice, (pk) => this.#index.setLastSeen(this.#index.slotOfPk(pk), ms));
    }
    for (const { completed } of changes) this.#complete(completed);
    this.#followed = change_seq;
  }

  #write(row: Written, at: IsoTime, change_seq: number): void {
    const { listed, listing_hash, pk } = row;
    const { tags, stream_url, snapshot_url } = listed;
    const slot = this.#index.slotOfPk(pk);
    const { first_seen_at, ...seen } = row.times ?? { first_seen_at: at, last_seen_at: at, gone_at: null };
    this.#index.put({
      ...listed,
      pk,
      change_seq,
      listing_hash,
      tags: JSON.stringify(tags),
      stream_url_hash: urlHash(stream_url),
      snapshot_url_hash: urlHash(snapshot_url),
      health_status: slot < 0 ? "unknown" : this.#index.healthAt(slot),
      // Of which camera, only the database knows.
      duplicate_of: slot >= 0 && this.#index.isDuplicate(slot) ? listed.id : null,
      first_seen_at: slot < 0 ? first_seen_at : iso(this.#index.firstSeenAt(slot)),
      ...seen,
    });
    if (pk > this.#greatestPk) this.#greatestPk = pk;
  }
}

async function inStrides<Item>(items: readonly Item[], slice: TimeSlice, take: (item: Item) => void): Promise<void> {
  for (let from = 0; from < items.length; from += STRIDE) {
    for (const item of items.slice(from, from + STRIDE)) take(item);
    if (slice.isOver) await slice.pause();
  }
}

function iso(ms: number): IsoTime {
  return new Date(ms).toISOString();
}
