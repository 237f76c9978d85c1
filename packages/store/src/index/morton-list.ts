import type { Parts } from "../snapshot/parts.ts";
import { mercatorX, mercatorY } from "./mercator.ts";
import { compareMorton, type MortonPoints, placeOf } from "./morton.ts";

export type MortonPoint = { x: number; y: number; slot: number };

const LEAST_CAPACITY = 1024;
/** Room for an eighth more than is needed, so that growing is rare. */
const HEADROOM_SHIFT = 3;

export function pointOf(slot: number, lon: number, lat: number): MortonPoint {
  return { x: mercatorX(lon), y: mercatorY(lat), slot };
}

/** Points in Morton order that some can be taken out of and put into, in one pass over the rest. */
export class MortonList implements MortonPoints {
  xs: Uint32Array;
  ys: Uint32Array;
  slots: Uint32Array;
  length: number;

  /** `length` points at first, to be filled in. */
  constructor(length: number) {
    const capacity = capacityFor(length);
    this.xs = new Uint32Array(capacity);
    this.ys = new Uint32Array(capacity);
    this.slots = new Uint32Array(capacity);
    this.length = length;
  }

  async transfer(parts: Parts): Promise<void> {
    this.length = parts.number("length", this.length);
    this.xs = await parts.array("xs", this.xs, Uint32Array);
    this.ys = await parts.array("ys", this.ys, Uint32Array);
    this.slots = await parts.array("slots", this.slots, Uint32Array);
  }

  set(at: number, { x, y, slot }: MortonPoint): void {
    this.xs[at] = x;
    this.ys[at] = y;
    this.slots[at] = slot;
  }

  has(at: number, { x, y }: MortonPoint): boolean {
    return this.xs[at] === x && this.ys[at] === y;
  }

  /** Where these slots stand, in order; those that do not are left out. */
  placesOf(slots: readonly number[]): number[] {
    const all = this.slots.subarray(0, this.length);
    return slots
      .map((slot) => all.indexOf(slot))
      .filter((place) => place !== -1)
      .sort((a, b) => a - b);
  }

  /** Takes out the points at these places, which are in order. */
  removeAt(places: readonly number[]): void {
    places.forEach((place, nth) => this.#copy(place - nth, place + 1, places[nth + 1] ?? this.length));
    this.length -= places.length;
  }

  /** Puts points in; their order does not matter. */
  insert(points: readonly MortonPoint[]): void {
    const length = this.length + points.length;
    if (length > this.xs.length) this.#grow(length);
    const sorted = points.toSorted((a, b) => compareMorton(a.x, a.y, b.x, b.y) || a.slot - b.slot);
    // From the last, so that nothing is overwritten that has not been moved yet.
    for (let nth = sorted.length - 1; nth >= 0; nth -= 1) {
      const point = sorted[nth];
      if (point === undefined) continue;
      const place = this.#placeNearEnd(point);
      this.#copy(place + nth + 1, place, this.length);
      this.set(place + nth, point);
      this.length = place;
    }
    this.length = length;
  }

  /** Where a point belongs. Steps from the end that double stay near it, which is near in memory, when many are put in. */
  #placeNearEnd({ x, y, slot }: MortonPoint): number {
    let step = 1;
    let from = this.length;
    while (from > 0) {
      from = Math.max(0, this.length - step);
      const order = compareMorton(this.xs[from] ?? 0, this.ys[from] ?? 0, x, y) || (this.slots[from] ?? 0) - slot;
      if (order < 0) break;
      step *= 2;
    }
    return placeOf(this, x, y, slot, from);
  }

  #copy(to: number, from: number, end: number): void {
    if (from === end) return;
    this.xs.copyWithin(to, from, end);
    this.ys.copyWithin(to, from, end);
    this.slots.copyWithin(to, from, end);
  }

  #grow(length: number): void {
    const larger = new MortonList(length);
    larger.xs.set(this.xs);
    larger.ys.set(this.ys);
    larger.slots.set(this.slots);
    ({ xs: this.xs, ys: this.ys, slots: this.slots } = larger);
  }
}

function capacityFor(length: number): number {
  return Math.max(LEAST_CAPACITY, length + (length >>> HEADROOM_SHIFT));
}
