import type { CameraFilter, CameraQuery, Facets, HealthStatus, StreamKind } from "@argus/core";

import { urlHash } from "../hash.ts";
import type { IndexRow } from "../index-row.ts";
import { type Parts, within } from "../snapshot/parts.ts";
import { TimeSlice } from "../time-slice.ts";
import { CameraColumns } from "./camera-columns.ts";
import { Column } from "./column.ts";
import { countFacets } from "./count-facets.ts";
import { bitsByPlace, bitsOfAll, bitsOfSlots } from "./first-bits.ts";
import { IdSlots } from "./id-slots.ts";
import { KeyedHash } from "./keyed-hash.ts";
import { RecentSelections } from "./recent-selections.ts";
import { selectSlots } from "./select-slots.ts";
import type { Selection } from "./selection.ts";
import type { SlotOrder } from "./slot-order.ts";
import { type SlotPage, slotPageOf } from "./slot-page.ts";
import { SourceCounts } from "./source-counts.ts";
import { SpatialOrder } from "./spatial-order.ts";
import { newIdOrder, newNameOrder } from "./text-orders.ts";
import { wordsOf } from "./text-words.ts";
import { UrlSlots } from "./url-slots.ts";

/**
 * What cameras are found, filtered, ordered and counted by, in about 230 bytes each. A camera's slot is its place here,
 * by arrival; it keeps it for good. Full records and their texts are the database's.
 */
export class CameraIndex {
  /** The located cameras by place. */
  readonly space: SpatialOrder = new SpatialOrder(this);
  readonly #columns = new CameraColumns();
  /** By pk: slot + 1. */
  readonly #slots = new Column(Uint32Array);
  readonly #hash = new KeyedHash();
  readonly #idSlots: IdSlots = new IdSlots(this.#columns.ids, this.#hash);
  readonly #urlSlots = new UrlSlots(this.#hash);
  readonly #byId: SlotOrder = newIdOrder(this.#columns.ids);
  readonly #byName: SlotOrder = newNameOrder(this.#columns.names, this.#columns.ids);
  readonly #present = new SourceCounts(this.#columns.coded.source);
  readonly #recent = new RecentSelections();
  #version = 0;
  /** Grows with all that can alter a selection; when a camera was seen last cannot. */
  #listing = 0;
  /** How many work with codes, which must mean the same until they are done. */
  #usingCodes = 0;

  /** Cameras, gone ones included: slots are below this. */
  get length(): number {
    return this.#columns.length;
  }

  /** Cameras that are not gone. */
  get size(): number {
    return this.#present.total;
  }

  /** Grows with every change that can alter an answer. */
  get version(): number {
    return this.#version;
  }

  /** -1 when no camera has this id. */
  slotOf(id: string): number {
    return this.#idSlots.get(id);
  }

  /** -1 when no camera has this pk. */
  slotOfPk(pk: number): number {
    return this.#slots.at(pk) - 1;
  }

  /**
   * Cameras whose stream or snapshot URL has this one's hash: those that are not gone first, then by id. Their records
   * tell whether it is the same URL.
   */
  slotsOfUrl(url: string): number[] {
    const slots = this.#urlSlots.slotsOf(urlHash(url));
    if (slots.length < 2) return slots;
    const ranks = this.#byId.ranks();
    const rankOf = (slot: number): number => (this.isGone(slot) ? this.length : 0) + (ranks[slot] ?? 0);
    return slots.sort((a, b) => rankOf(a) - rankOf(b));
  }

  /** At most `most` accepted cameras with a URL of this hash, in no particular order. */
  slotsOfUrlHash(hash: number, most: number, accept: (slot: number) => boolean): number[] {
    return this.#urlSlots.slotsOf(hash, most, accept);
  }

  /** Inserts a camera, or replaces the one with its id; returns its slot. */
  put(row: IndexRow): number {
    const hash = this.#idSlots.hashOf(row.id);
    const known = this.#idSlots.get(row.id, hash);
    const slot = known === -1 ? this.#append(row, hash) : this.#replace(known, row);
    this.#urlSlots.set(slot, row);
    this.#slots.set(row.pk, slot + 1);
    if (row.gone_at === null) this.#present.count(slot, 1);
    this.#changeListing();
    return slot;
  }

  markGone(slot: number): void {
    if (this.isGone(slot)) return;
    this.#columns.gone.add(slot);
    this.#present.count(slot, -1);
    this.#changeListing();
  }

  /** `ms` since 1970. */
  setLastSeen(slot: number, ms: number): void {
    this.#columns.lastSeen.set(slot, ms);
    this.#version += 1;
  }

  /** A scrape listed all of a source: its cameras that are not gone were seen at `ms` or later. */
  completeSource(sourceId: string, ms: number): void {
    this.#columns.raiseLastSeen(sourceId, ms);
    this.#version += 1;
  }

  /** Takes in what was put since the last answer, giving way to other work; else the next answer does it at a stretch. */
  async settle(slice: TimeSlice = new TimeSlice()): Promise<void> {
    await this.#byId.settle(slice);
    await this.space.settle(slice);
  }

  /** The same for the order of names, which only pages by name ask for. */
  async settleNames(slice: TimeSlice = new TimeSlice()): Promise<void> {
    await this.#byName.settle(slice);
  }

  /**
   * Writes all that it is made of, or takes it from what was written; then there must be nothing in it yet. It has to be
   * settled, names too, and nothing may be put meanwhile. When this fails while it is read, the index is good for nothing.
   */
  async transfer(parts: Parts): Promise<void> {
    this.#hash.transfer(within(parts, "hash"));
    await this.#columns.transfer(within(parts, "columns"));
    await this.#slots.transfer(parts, "slots_by_pk");
    await this.#idSlots.transfer(within(parts, "id_slots"));
    await this.#urlSlots.transfer(within(parts, "url_slots"));
    await this.#byId.transfer(parts, "by_id");
    await this.#byName.transfer(parts, "by_name");
    await this.space.transfer(within(parts, "space"));
    await this.#present.transfer(within(parts, "present"));
  }

  /** Makes room for so many cameras at once. Only while there is none. */
  reserve(cameras: number): void {
    this.#idSlots.reserve(cameras);
    this.#urlSlots.reserve(cameras);
  }

  /** Cameras that are not gone, per source. */
  countBySource(): Map<string, number> {
    return this.#present.bySource();
  }

  /**
   * The cameras a filter selects. Of `q`, `collection` and `favourite` only the caller knows what they select: it gives
   * the pks of those cameras.
   */
  async select(filter: CameraFilter, pks: Uint32Array | null): Promise<Selection> {
    if (pks === null) return this.#recent.get(filter, this.#listing, () => this.#select(filter, null));
    return this.#select(filter, pks);
  }

  /**
   * A page of a query. `selection`: what `select` gives for it.
   * @throws ArgusError ARGUS_STORE_CURSOR_INVALID when the cursor is broken or was made under another order.
   */
  async page(selection: Selection, query: CameraQuery): Promise<SlotPage> {
    const ordered = { columns: this.#columns, byId: this.#byId, byName: this.#byName };
    return slotPageOf(ordered, selection, query, new TimeSlice());
  }

  /** Counts a selection's cameras by each field's values. */
  async facets(selection: Selection): Promise<Facets> {
    return this.#withCodes(() => countFacets(this.#columns, selection, new TimeSlice()));
  }

  /** Up to `limit` slots by id, from the first id after `afterId`; gone cameras included. */
  slotsInIdOrder(afterId: string | null, limit: number): number[] {
    const words = afterId === null ? null : wordsOf(afterId);
    const compareWithEnd = words && ((slot: number): number => this.#columns.ids.compareKeyWith(slot, words));
    const from = compareWithEnd === null ? 0 : this.#byId.placeAfter(compareWithEnd);
    return Array.from(this.#byId.slots().subarray(from, from + limit));
  }

  pkAt(slot: number): number {
    return this.#columns.pks.at(slot);
  }

  idAt(slot: number): string {
    return this.#columns.ids.at(slot);
  }

  nameAt(slot: number): string {
    return this.#columns.names.at(slot);
  }

  /** WGS 84 degrees; not a number where unknown. */
  lonAt(slot: number): number {
    return this.#columns.lons.at(slot);
  }

  /** WGS 84 degrees; not a number where unknown. */
  latAt(slot: number): number {
    return this.#columns.lats.at(slot);
  }

  countryAt(slot: number): string | null {
    return this.#columns.coded.country.at(slot);
  }

  regionAt(slot: number): string | null {
    return this.#columns.coded.region.at(slot);
  }

  cityAt(slot: number): string | null {
    return this.#columns.coded.city.at(slot);
  }

  kindAt(slot: number): StreamKind {
    return this.#columns.coded.kind.at(slot) as StreamKind;
  }

  healthAt(slot: number): HealthStatus {
    return this.#columns.coded.health.at(slot) as HealthStatus;
  }

  sourceAt(slot: number): string {
    return this.#columns.coded.source.at(slot) ?? "";
  }

  /** 52 bits; see hash.ts. */
  listingHashAt(slot: number): number {
    return this.#columns.listingHashes.at(slot);
  }

  isGone(slot: number): boolean {
    return this.#columns.gone.has(slot);
  }

  /** Whether another camera stands for it. */
  isDuplicate(slot: number): boolean {
    return this.#columns.duplicates.has(slot);
  }

  /** Milliseconds since 1970. */
  lastSeenAt(slot: number): number {
    return this.#columns.lastSeen.at(slot);
  }

  /** Milliseconds since 1970. */
  firstSeenAt(slot: number): number {
    return this.#columns.firstSeen.at(slot);
  }

  #append(row: IndexRow, hash: number): number {
    const slot = this.#columns.append(row);
    this.#idSlots.add(slot, hash);
    this.#byId.add(slot);
    this.#byName.add(slot);
    this.space.put(slot);
    return slot;
  }

  #replace(slot: number, row: IndexRow): number {
    if (this.#usingCodes === 0) this.#columns.sweep();
    if (!this.isGone(slot)) this.#present.count(slot, -1);
    const { isRenamed, isMoved } = this.#columns.replace(slot, row);
    if (isRenamed) this.#byName.move(slot);
    if (isMoved) this.space.put(slot);
    return slot;
  }

  #changeListing(): void {
    this.#version += 1;
    this.#listing += 1;
  }

  async #select(filter: CameraFilter, pks: Uint32Array | null): Promise<Selection> {
    const slice = new TimeSlice();
    const isByPlace = pks === null && (filter.near !== undefined || filter.bbox !== undefined);
    if (isByPlace) await this.space.settle(slice);
    const byPlace = isByPlace ? bitsByPlace(this.space, this.length, filter) : null;
    const bits = byPlace ?? (pks === null ? bitsOfAll(this.length) : this.#bitsOfPks(pks));
    return this.#withCodes(() => selectSlots(this.#columns, filter, bits, slice));
  }

  #bitsOfPks(pks: Uint32Array): Uint32Array {
    const slots = new Uint32Array(pks.length);
    // What is not there becomes the greatest of slots, which is not there either.
    for (let at = 0; at < pks.length; at += 1) slots[at] = this.slotOfPk(pks[at] ?? 0);
    return bitsOfSlots(slots, this.length);
  }

  async #withCodes<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#usingCodes += 1;
    try {
      return await work();
    } finally {
      this.#usingCodes -= 1;
    }
  }
}
