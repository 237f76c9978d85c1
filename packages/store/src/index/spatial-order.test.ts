import { bboxContains, distanceKm, type Position } from "@argus/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mercatorX, mercatorY } from "./mercator.ts";
import { TimeSlice } from "../time-slice.ts";
import { compareMorton } from "./morton.ts";
import { SpatialOrder } from "./spatial-order.ts";

const UNKNOWN: Position = { lon: Number.NaN, lat: Number.NaN };

// Anywhere; the edges of the world and a few shared spots; and crowds, whose points differ in the last bits only.
const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });
const anywhere = fc.record({ lon, lat });
const edge = fc.record({
  lon: fc.constantFrom(-180, -179.999, 0, 1e-7, 179.999, 180),
  lat: fc.constantFrom(-90, -85.06, -85.05, 0, 85.05, 85.06, 90),
});
const crowd = fc
  .record({
    lon: fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
    lat: fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
  })
  .map((offset) => ({ lon: 13.4 + offset.lon, lat: 52.5 + offset.lat }));
const position: fc.Arbitrary<Position> = fc.oneof(anywhere, edge, crowd);
const positions = fc.array(position, { maxLength: 300 });

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
    let moves = 0;
    const move = (by: number): void => {
      for (let nth = 0; nth < by; nth += 1) {
        moves += 1;
        const slot = (moves * 29) % 70_003;
        places.put(slot, moves % 5 === 0 ? UNKNOWN : scattered(moves % 3 === 0 ? slot : moves));
      }
    };
    // Sorted anew at first, then merged in two parts.
    for (const changes of [0, 2150]) {
      move(changes);
      let pauses = 0;
      await places.order.settle(
        new PauseAlways(() => {
          pauses += 1;
          if (pauses < 20) move(3);
          if (pauses === 10) expect(places.order.size).toBe(places.slotsWhere(() => true).length);
        }),
      );
      expect(pauses).toBeGreaterThan(2);
      expectInOrder(places);
    }
  });

  it("visits exactly the cameras of a box, across the antimeridian too", () => {
    fc.assert(
      fc.property(positions, position, position, (list, a, b) => {
        const places = new Places(list);
        const [south, north] = [Math.min(a.lat, b.lat), Math.max(a.lat, b.lat)];
        for (const [west, east] of [
          [a.lon, b.lon],
          [b.lon, a.lon],
        ] as const) {
          const bbox: [number, number, number, number] = [west, south, east, north];
          expect(visited((visit) => places.order.inBox(bbox, visit))).toEqual(
            places.slotsWhere((one) => bboxContains(bbox, one)),
          );
        }
      }),
    );
  });

  it("visits exactly the cameras of a circle, around a pole and across the antimeridian too", () => {
    const km = fc.oneof(
      fc.double({ min: 1e-6, max: 0.1, noNaN: true }),
      fc.double({ min: 0.1, max: 20_040, noNaN: true }),
    );
    fc.assert(
      fc.property(positions, position, km, (list, centre, radius) => {
        const places = new Places(list);
        const circle = { ...centre, km: radius };
        expect(visited((visit) => places.order.near(circle, visit))).toEqual(
          places.slotsWhere((one) => distanceKm(circle, one) <= radius),
        );
      }),
    );
  });

  it("finds the nearest of the accepted, nearest first", () => {
    fc.assert(
      fc.property(
        positions,
        position,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 3 }),
        (list, from, limit, nth) => {
          const places = new Places(list);
          const accept = (slot: number): boolean => slot % nth === 0;
          const all = list.map((one, slot) => ({ slot, km: distanceKm(from, one) })).filter(({ slot }) => accept(slot));
          const expected = all.toSorted((a, b) => a.km - b.km || a.slot - b.slot).slice(0, limit);
          expect(places.order.nearest(from, limit, accept)).toEqual(expected);
        },
      ),
    );
  });
});
