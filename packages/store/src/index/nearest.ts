import { distanceKm, type Position } from "@argus/core";

import { distanceRange } from "./circle.ts";
import { MAX_LEVEL, type MortonPoints, sharedLevel } from "./morton.ts";
import type { Positions } from "./positions.ts";
import { eachQuarter, squareOf } from "./squares.ts";

/** Points of which so many are likely to be accepted are looked at one by one rather than divided further. */
const FEW_ACCEPTED = 32;
const FEW = { least: 64, most: 4096 };

export type NearestSlot = { slot: number; km: number };
export type NearestQuery = { position: Position; limit: number; accept: (slot: number) => boolean };

/** The points nearest to a position among those accepted, by `distanceKm` and then by slot. */
export function nearestOf(points: MortonPoints, at: Positions, query: NearestQuery): NearestSlot[] {
  const search = new NearestSearch(points, at, query);
  if (query.limit > 0) search.within(0, points.length);
  return search.found;
}

/** Depth first, the nearer square before the farther, leaving out those that can hold nothing better. */
class NearestSearch {
  readonly found: NearestSlot[] = [];
  readonly #points: MortonPoints;
  readonly #at: Positions;
  readonly #query: NearestQuery;
  #seen = 0;
  #accepted = 0;

  constructor(points: MortonPoints, at: Positions, query: NearestQuery) {
    this.#points = points;
    this.#at = at;
    this.#query = query;
  }

  within(from: number, to: number): void {
    const level = to - from <= this.#few ? MAX_LEVEL : sharedLevel(this.#points, from, to - 1);
    if (level === MAX_LEVEL) this.#measure(from, to);
    else
      for (const { begin, end, least } of this.#quarters(from, to, level))
        if (least <= this.#worst) this.within(begin, end);
  }

  get #few(): number {
    const likely = (FEW_ACCEPTED * (this.#seen + 1)) / (this.#accepted + 1);
    return Math.min(FEW.most, Math.max(FEW.least, likely));
  }

  /** Past this no point can be among the nearest. */
  get #worst(): number {
    return this.found.length < this.#query.limit ? Number.POSITIVE_INFINITY : (this.found.at(-1)?.km ?? 0);
  }

  #quarters(from: number, to: number, level: number): { begin: number; end: number; least: number }[] {
    const quarters: { begin: number; end: number; least: number }[] = [];
    eachQuarter(this.#points, from, to, level, (begin, end) => {
      const square = squareOf(this.#points, begin, sharedLevel(this.#points, begin, end - 1));
      quarters.push({ begin, end, least: distanceRange(this.#query.position, square).least });
    });
    return quarters.sort((a, b) => a.least - b.least);
  }

  #measure(from: number, to: number): void {
    const { position, accept } = this.#query;
    this.#seen += to - from;
    for (let at = from; at < to; at += 1) {
      const slot = this.#points.slots[at] ?? 0;
      if (!accept(slot)) continue;
      this.#accepted += 1;
      const km = distanceKm(position, { lon: this.#at.lonAt(slot), lat: this.#at.latAt(slot) });
      if (km <= this.#worst) this.#add({ slot, km });
    }
  }

  #add(one: NearestSlot): void {
    const after = this.found.findLastIndex(({ km, slot }) => km < one.km || (km === one.km && slot < one.slot));
    this.found.splice(after + 1, 0, one);
    if (this.found.length > this.#query.limit) this.found.pop();
  }
}
