import { type Bbox, bboxContains, distanceKm, type Position } from "@argus/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mercatorX, mercatorY } from "./mercator.ts";
import { TimeSlice } from "../time-slice.ts";
import { compareMorton } from "./morton.ts";
import { SpatialOrder } from "./spatial-order.ts";

const UNKNOWN: Position = { lon: Number.NaN, lat: Number.NaN };

// Anywhere; the edges of the world and a few shared spots; and crowds, whose points differ in the last bits only.
const SPOTS: readonly Position[] = [
  { lon: 13.4, lat: 52.5 },
  { lon: 180, lat: 0 },
  { lon: -180, lat: 10 },
  { lon: 0, lat: 89.9 },
  { lon: 90, lat: -90 },
  { lon: -70, lat: 85.05 },
];
const REACHES = [0, 1e-7, 1e-4, 0.01, 1, 30];

/** Many places made from a few numbers: arrays as long as trees of them need are slow to generate. */
const world: fc.Arbitrary<Position[]> = fc
  .record({ seed: fc.nat({ max: 1e6 }), length: fc.integer({ min: 0, max: 1500 }) })
  .map(({ seed, length }) => Array.from({ length }, (_, nth) => placeOf(seed + nth * 7919)));

/** A place beside one of a world's cameras, or anywhere. */
const near: fc.Arbitrary<(list: readonly Position[]) => Position> = fc
  .record({ of: fc.nat(), seed: fc.nat({ max: 1e6 }), reach: fc.constantFrom(...REACHES) })
  .map(
    ({ of, seed, reach }) =>
      (list) =>
        beside(list[of % (list.length + 1)] ?? placeOf(seed), seed, reach),
  );

const position: fc.Arbitrary<Position> = fc.nat({ max: 1e6 }).map(placeOf);

function placeOf(seed: number): Position {
  const kind = noise(seed) * SPOTS.length * 2;
  const spot = SPOTS[Math.floor(kind)];
  if (spot !== undefined) return beside(spot, seed, REACHES[Math.floor(noise(seed + 0.1) * REACHES.length)] ?? 0);
  return { lon: noise(seed + 0.2) * 360 - 180, lat: noise(seed + 0.3) * 180 - 90 };
}

function beside({ lon, lat }: Position, seed: number, reach: number): Position {
  return {
    lon: Math.max(-180, Math.min(180, lon + (noise(seed + 0.4) - 0.5) * reach)),
    lat: Math.max(-90, Math.min(90, lat + (noise(seed + 0.5) - 0.5) * reach)),
  };
}

/** From 0 to 1, and as good as at random. */
function noise(seed: number): number {
  return Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) % 1;
}

class Places {
  readonly at: Position[] = [];
  readonly order: SpatialOrder = new SpatialOrder(this);

  constructor(list: readonly Position[]) {
    list.forEach((one, slot) => this.put(slot, one));
  }

  lonAt(slot: number): number {
    return this.at[slot]?.lon ?? Number.NaN;
  }

  latAt(slot: number): number {
    return this.at[slot]?.lat ?? Number.NaN;
  }

  put(slot: number, one: Position): void {
    this.at[slot] = one;
    this.order.put(slot);
  }

  slotsWhere(wanted: (one: Position) => boolean): number[] {
    return this.at.flatMap((one, slot) => (!Number.isNaN(one.lon) && wanted(one) ? [slot] : []));
  }
}

function visited(visitAll: (visit: (slot: number) => void) => void): number[] {
  const slots: number[] = [];
  visitAll((slot) => slots.push(slot));
  return slots.sort((a, b) => a - b);
}

function expectInOrder(all: Places): void {
  const { xs, ys, slots, length } = all.order.points();
  const isAfter = (at: number): boolean =>
    (compareMorton(xs[at]!, ys[at]!, xs[at - 1]!, ys[at - 1]!) || slots[at]! - slots[at - 1]!) > 0;
  const wrong = Array.from({ length }, (_, at) => at).filter((at) => at > 0 && !isAfter(at));
  expect(wrong).toEqual([]);
  const misplaced = Array.from({ length }, (_, at) => at).filter(
    (at) => xs[at] !== mercatorX(all.lonAt(slots[at]!)) || ys[at] !== mercatorY(all.latAt(slots[at]!)),
  );
  expect(misplaced).toEqual([]);
  expect(slots.slice(0, length).sort()).toEqual(Uint32Array.from(all.slotsWhere(() => true)));
}

function scattered(seed: number): Position {
  return { lon: ((seed * 7919) % 36_000) / 100 - 180, lat: ((seed * 104_729) % 17_000) / 100 - 85 };
}

/** Calls back after each piece of work. */
class PauseAlways extends TimeSlice {
  readonly #pause: () => void;

  constructor(pause: () => void) {
    super();
    this.#pause = pause;
  }

  override get isOver(): boolean {
    return true;
  }

  override async pause(): Promise<void> {
    this.#pause();
    await Promise.resolve();
  }
}

describe("SpatialOrder", () => {
  it("holds each located camera once, in order, whatever came, moved and went between answers", () => {
    const change = fc.record({ slot: fc.nat({ max: 60 }), to: fc.oneof(position, fc.constant(UNKNOWN)) });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 8 }), (rounds) => {
        const places = new Places(Array.from({ length: 61 }, () => UNKNOWN));
        for (const changes of rounds) {
          for (const { slot, to } of changes) places.put(slot, to);
          expectInOrder(places);
        }
      }),
    );
  });

  it("stays right when cameras move while it is settled, and when it is asked then", async () => {
    const places = new Places(Array.from({ length: 70_000 }, (_, slot) => scattered(slot)));
    const moved: number[] = [];
    const move = (slot: number, to: Position): void => {
      moved.push(slot);
      places.put(slot, to);
    };
    const moveMany = (count: number): void => {
      for (let nth = 0; nth < count; nth += 1) {
        const slot = (nth * 29) % 70_003;
        // Some do not really move, and some are new.
        move(slot, nth % 5 === 0 ? UNKNOWN : scattered(nth % 3 === 0 ? slot : slot + 1));
      }
    };
    const moveAgain = (pauses: number): void => {
      for (let nth = 0; nth < 60; nth += 1)
        move(moved[(pauses * 53 + nth * 37) % moved.length] ?? nth, scattered(pauses + nth));
    };
    // Sorted anew at first, then merged in two parts.
    for (const changes of [0, 2150]) {
      moveMany(changes);
      let pauses = 0;
      await places.order.settle(
        new PauseAlways(() => {
          pauses += 1;
          if (pauses < 20) moveAgain(pauses);
          if (pauses === 10) expect(places.order.size).toBe(places.slotsWhere(() => true).length);
        }),
      );
      expect(pauses).toBeGreaterThan(2);
      expectInOrder(places);
    }
  });

  it("visits exactly the cameras of a box, across the antimeridian too", () => {
    fc.assert(
      fc.property(world, near, near, (list, first, second) => {
        const places = new Places(list);
        const [a, b] = [first(list), second(list)];
        const [south, north] = [Math.min(a.lat, b.lat), Math.max(a.lat, b.lat)];
        for (const [west, east] of [
          [a.lon, b.lon],
          [b.lon, a.lon],
        ] as const) {
          const bbox: Bbox = [west, south, east, north];
          const expected = places.slotsWhere((one) => bboxContains(bbox, one));
          expect(visited((visit) => places.order.inBox(bbox, visit))).toEqual(expected);
        }
      }),
    );
  });

  it("visits exactly the cameras of a circle, around a pole and across the antimeridian too", () => {
    fc.assert(
      fc.property(world, near, near, (list, first, second) => {
        const places = new Places(list);
        const centre = first(list);
        const km = distanceKm(centre, second(list));
        const expected = places.slotsWhere((one) => distanceKm(centre, one) <= km);
        expect(visited((visit) => places.order.near({ ...centre, km }, visit))).toEqual(expected);
      }),
    );
  });

  it("finds the nearest of the accepted, nearest first, however few they are", () => {
    const nth = fc.constantFrom(1, 2, 3, 500);
    fc.assert(
      fc.property(world, near, fc.nat({ max: 40 }), nth, (list, at, limit, step) => {
        const places = new Places(list);
        const from = at(list);
        const accept = (slot: number): boolean => slot % step === 0;
        const all = list.map((one, slot) => ({ slot, km: distanceKm(from, one) })).filter(({ slot }) => accept(slot));
        const expected = all.toSorted((a, b) => a.km - b.km || a.slot - b.slot).slice(0, limit);
        expect(places.order.nearest(from, limit, accept)).toEqual(expected);
      }),
    );
  });
});
