import type { Parts } from "../snapshot/parts.ts";
import type { TimeSlice } from "../time-slice.ts";
import { GrowingBits } from "./growing-bits.ts";
import { type SlotKeys, sortSlots } from "./sort-slots.ts";

/** Slots merged in between two places at which a merge may pause. */
const STRIDE = 2048;
const FEW = 16;

/**
 * Slots in the order of their keys. What is added waits until someone asks, is then sorted by itself and merged in, so
 * that the whole is never sorted again.
 */
export class SlotOrder {
  readonly #keys: SlotKeys;
  #sorted: Uint32Array = new Uint32Array(0);
  #added: number[] = [];
  readonly #isAdded = new GrowingBits();
  /** Slots whose key has changed since they were put where they are. */
  readonly #stale = new GrowingBits();
  #staleCount = 0;
  #work: Generator<void, void> | null = null;
  #ranks: Uint32Array | null = null;

  constructor(keys: SlotKeys) {
    this.#keys = keys;
  }

  /** To be settled before; else it does so at a stretch. */
  async transfer(parts: Parts, name: string): Promise<void> {
    this.#sorted = await parts.array(name, this.slots(), Uint32Array);
  }

  /** A slot that was not here yet. */
  add(slot: number): void {
    this.#added.push(slot);
    this.#isAdded.add(slot);
  }

  /** A slot that is here; its key has changed. */
  move(slot: number): void {
    if (this.#isAdded.has(slot)) return;
    this.add(slot);
    this.#stale.add(slot);
    this.#staleCount += 1;
  }

  /** Takes in what was added, giving way to other work. */
  async settle(slice: TimeSlice): Promise<void> {
    while (this.#step()) if (slice.isOver) await slice.pause();
  }

  /**
   * All slots in order. Takes in what was added; after much of it, `settle` first. The list is never changed, only
   * replaced by a later one.
   */
  slots(): Uint32Array {
    while (this.#step());
    return this.#sorted;
  }

  /** Each slot's place in `slots()`. */
  ranks(): Uint32Array {
    const sorted = this.slots();
    if (this.#ranks !== null) return this.#ranks;
    const ranks = new Uint32Array(sorted.length);
    for (let at = 0; at < sorted.length; at += 1) ranks[sorted[at] ?? 0] = at;
    this.#ranks = ranks;
    return ranks;
  }

  /** The first place whose slot is not before what `compare` compares slots with. */
  lowerBound(compare: (slot: number) => number): number {
    const sorted = this.slots();
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(sorted[middle] ?? 0) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first place after what `compare` compares slots with. */
  placeAfter(compare: (slot: number) => number): number {
    const place = this.lowerBound(compare);
    const slot = this.#sorted[place];
    return slot !== undefined && compare(slot) === 0 ? place + 1 : place;
  }

  /** Does some of what is to do; false when nothing is left. */
  #step(): boolean {
    if (this.#work === null) {
      if (this.#added.length === 0) return false;
      this.#work = this.#takeIn(this.#added);
    }
    if (this.#work.next().done === true) this.#work = null;
    return true;
  }

  *#takeIn(added: readonly number[]): Generator<void, void> {
    this.#keys.hold();
    const batch = Uint32Array.from(added);
    this.#added = [];
    for (const slot of batch) this.#isAdded.delete(slot);
    // What moves from here on is where its former key belongs until it is taken in the next time.
    const kept = this.#withoutStale();
    yield* sortSlots(batch, this.#keys);
    this.#sorted = yield* this.#merge(kept, batch);
    this.#ranks = null;
    this.#keys.release();
  }

  *#merge(old: Uint32Array, added: Uint32Array): Generator<void, Uint32Array> {
    const merged = new Uint32Array(old.length + added.length);
    let from = 0;
    for (let at = 0; at < added.length; at += 1) {
      const slot = added[at] ?? 0;
      const to = this.#placeFrom(old, from, slot);
      copy(old, from, to, merged, at + from);
      merged[at + to] = slot;
      from = to;
      if (at % STRIDE === STRIDE - 1) yield;
    }
    merged.set(old.subarray(from), added.length + from);
    return merged;
  }

  /** The first place from `from` whose slot is not before `slot`, looked for near `from` first. */
  #placeFrom(sorted: Uint32Array, from: number, slot: number): number {
    let low = from;
    let reach = 1;
    while (low + reach <= sorted.length && this.#keys.compare(sorted[low + reach - 1] ?? 0, slot) < 0) {
      low += reach;
      reach *= 2;
    }
    let high = Math.min(low + reach - 1, sorted.length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keys.compare(sorted[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #withoutStale(): Uint32Array {
    if (this.#staleCount === 0) return this.#sorted;
    const kept = new Uint32Array(this.#sorted.length);
    let count = 0;
    // A plain loop: it runs over a million slots.
    for (let at = 0; at < kept.length; at += 1) {
      const slot = this.#sorted[at] ?? 0;
      kept[count] = slot;
      if (!this.#stale.has(slot)) count += 1;
    }
    this.#stale.clear();
    this.#staleCount = 0;
    return kept.subarray(0, count);
  }
}

/** For a few, a loop is faster than a view. */
function copy(source: Uint32Array, from: number, to: number, target: Uint32Array, at: number): void {
  if (to - from > FEW) target.set(source.subarray(from, to), at);
  else for (let nth = from; nth < to; nth += 1) target[at + nth - from] = source[nth] ?? 0;
}
