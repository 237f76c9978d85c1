import type { Bbox, Near, Position } from "@argus/core";

import { type Parts, within } from "../snapshot/parts.ts";
import { TimeSlice } from "../time-slice.ts";
import { visitBox } from "./box.ts";
import { visitCircle } from "./circle.ts";
import { mercatorX, mercatorY } from "./mercator.ts";
import { MortonList, type MortonPoint, pointOf } from "./morton-list.ts";
import type { MortonPoints } from "./morton.ts";
import { sortByMorton } from "./morton-sort.ts";
import { type NearestSlot, nearestOf } from "./nearest.ts";
import type { Positions } from "./positions.ts";
import { clearBit, emptyBits, hasBit, setBit } from "./selection.ts";

/** Points that are taken out or put in at a stretch: a few milliseconds among a million. */
const AT_ONCE = 2048;
/** When more than one in this many has moved, sorting all anew is faster. */
const SORTED_ANEW = 32;
/** So few are looked for one by one. */
const FEW = 8;
/** Points that are made at a stretch. */
const BLOCK = 1 << 14;

/**
 * Every located camera, gone ones included, in Morton order: what is found by place. 14 bytes each; the exact
 * positions are read where they are kept. Answers are always up to date; `settle` first, and they come at once.
 */
export class SpatialOrder implements Positions {
  readonly #positions: Positions;
  #list = new MortonList(0);
  /** Slots that may have moved, and the same as bits. */
  #moved: number[] = [];
  #isMoved: Uint32Array = emptyBits(0);
  /** Slots are below this; those in the list are below the other. */
  #slots = 0;
  #listed = 0;
  #work: Generator<void, void> | null = null;

  constructor(positions: Positions) {
    this.#positions = positions;
  }

  /** To be settled before; else it does so at a stretch. */
  async transfer(parts: Parts): Promise<void> {
    this.points();
    await this.#list.transfer(within(parts, "list"));
    this.#slots = parts.number("slots", this.#slots);
    this.#listed = parts.number("listed", this.#listed);
    if (parts.isRead) this.#isMoved = emptyBits(this.#slots);
  }

  lonAt(slot: number): number {
    return this.#positions.lonAt(slot);
  }

  latAt(slot: number): number {
    return this.#positions.latAt(slot);
  }

  /** Cameras whose position is known. */
  get size(): number {
    return this.points().length;
  }

  /** To be called whenever a camera's position was set or may have changed. Cheap: the order follows later. */
  put(slot: number): void {
    if (slot >= this.#slots) this.#slots = slot + 1;
    if (slot >= this.#isMoved.length * 32) this.#isMoved = grown(this.#isMoved, slot);
    if (hasBit(this.#isMoved, slot)) return;
    setBit(this.#isMoved, slot);
    this.#moved.push(slot);
  }

  /** Takes in what was put since the last answer, giving way to other work; else the next answer does it at a stretch. */
  async settle(slice: TimeSlice = new TimeSlice()): Promise<void> {
    while (this.#advance()) if (slice.isOver) await slice.pause();
  }

  /** The points themselves; to be used at once, for they change with the next `put`. */
  points(): MortonPoints {
    while (this.#advance());
    return this.#list;
  }

  /** Visits every camera that `bboxContains`, in no particular order. */
  inBox(bbox: Bbox, visit: (slot: number) => void): void {
    visitBox(this.points(), this.#positions, bbox, visit);
  }

  /** Visits every camera with a `distanceKm` of at most `km`, in no particular order. */
  near(circle: Near, visit: (slot: number) => void): void {
    visitCircle(this.points(), this.#positions, circle, visit);
  }

  /** The `limit` nearest of the cameras that are accepted, by `distanceKm` and then by slot. */
  nearest(position: Position, limit: number, accept: (slot: number) => boolean): NearestSlot[] {
    return nearestOf(this.points(), this.#positions, { position, limit, accept });
  }

  /** Does a piece of what is to be done; false when there is nothing. */
  #advance(): boolean {
    if (this.#work === null) {
      if (this.#moved.length === 0) return false;
      this.#work = this.#merge();
    }
    if (this.#work.next().done === true) this.#work = null;
    return true;
  }

  *#merge(): Generator<void, void> {
    if (this.#moved.length > Math.max(AT_ONCE, this.#list.length / SORTED_ANEW)) return yield* this.#sortAnew();
    const moved = this.#moved;
    this.#moved = [];
    const stayed = new Set<number>();
    yield* this.#takeOut(moved, stayed);
    // One that moves after it was found to have stayed is merged next time; to ask for its bit would put it in twice.
    const toPutIn = moved.filter((slot) => !stayed.has(slot));
    for (let from = 0; from < toPutIn.length; from += AT_ONCE) yield this.#putIn(toPutIn.slice(from, from + AT_ONCE));
  }

  /** Takes out all that moved; what has not really moved stays, and is no longer said to have. */
  *#takeOut(moved: readonly number[], stayed: Set<number>): Generator<void, void> {
    const known = moved.filter((slot) => slot < this.#listed);
    const places = known.length <= FEW ? this.#list.placesOf(known) : this.#placesOfMoved();
    // From the last, so that the places of the others remain theirs.
    while (places.length > 0) yield this.#list.removeAt(this.#notStaying(places.splice(-AT_ONCE), stayed));
  }

  #notStaying(places: readonly number[], stayed: Set<number>): number[] {
    return places.filter((place) => {
      const slot = this.#list.slots[place] ?? 0;
      const point = this.#pointOf(slot);
      if (point === null || !this.#list.has(place, point)) return true;
      clearBit(this.#isMoved, slot);
      stayed.add(slot);
      return false;
    });
  }

  #placesOfMoved(): number[] {
    const { slots, length } = this.#list;
    const places: number[] = [];
    // A plain loop: it runs over a million slots.
    for (let at = 0; at < length; at += 1) if (hasBit(this.#isMoved, slots[at] ?? 0)) places.push(at);
    return places;
  }

  #putIn(slots: readonly number[]): void {
    for (const slot of slots) {
      clearBit(this.#isMoved, slot);
      if (slot >= this.#listed) this.#listed = slot + 1;
    }
    this.#list.insert(slots.map((slot) => this.#pointOf(slot)).filter((point) => point !== null));
  }

  #pointOf(slot: number): MortonPoint | null {
    const [lon, lat] = [this.lonAt(slot), this.latAt(slot)];
    return isKnown(lon, lat) ? pointOf(slot, lon, lat) : null;
  }

  /** What moves meanwhile is merged afterwards. Until the end the former order stays as it is. */
  *#sortAnew(): Generator<void, void> {
    this.#moved = [];
    this.#isMoved.fill(0);
    const slots = this.#slots;
    const list = new MortonList(slots);
    list.length = 0;
    for (let from = 0; from < slots; from += BLOCK) yield this.#append(list, from, Math.min(slots, from + BLOCK));
    yield* sortByMorton(list);
    this.#list = list;
    this.#listed = slots;
  }

  #append(list: MortonList, from: number, to: number): void {
    for (let slot = from; slot < to; slot += 1) {
      const lon = this.lonAt(slot);
      const lat = this.latAt(slot);
      if (!isKnown(lon, lat)) continue;
      list.xs[list.length] = mercatorX(lon);
      list.ys[list.length] = mercatorY(lat);
      list.slots[list.length] = slot;
      list.length += 1;
    }
  }
}

function isKnown(lon: number, lat: number): boolean {
  return !Number.isNaN(lon) && !Number.isNaN(lat);
}

function grown(bits: Uint32Array, slot: number): Uint32Array {
  const larger = emptyBits(slot + 1 + (slot >>> 2));
  larger.set(bits);
  return larger;
}
