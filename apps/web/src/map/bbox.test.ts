import { Bbox, bboxContains } from "@argus/core";
import fc from "fast-check";
import { expect, it } from "vitest";

import { placeAround, toBbox, toBounds } from "./bbox.ts";

it.each([
  [
    [-1, 50, 2, 53],
    [-1, 50, 2, 53],
  ],
  [
    [179, -10, 181, 10],
    [179, -10, -179, 10],
  ],
  [
    [359, 50, 362, 53],
    [-1, 50, 2, 53],
  ],
  [
    [-541, 0, -539, 1],
    [179, 0, -179, 1],
  ],
  [
    [-300, -95, 300, 95],
    [-180, -90, 180, 90],
  ],
])("turns %j into %j", ([w, s, e, n], expected) => expect(toBbox(w ?? 0, s ?? 0, e ?? 0, n ?? 0)).toEqual(expected));

it("is always a box the API takes, and holds the middle of what is shown", () => {
  const shown = fc.record({
    west: fc.integer({ min: -900, max: 900 }),
    width: fc.integer({ min: 1, max: 700 }),
    south: fc.integer({ min: -89, max: 60 }),
    height: fc.integer({ min: 1, max: 28 }),
  });
  fc.assert(
    fc.property(shown, ({ west, width, south, height }) => {
      const bbox = Bbox.parse(toBbox(west, south, west + width, south + height));
      const lon = ((((west + width / 2 + 180) % 360) + 360) % 360) - 180;
      expect(bboxContains(bbox, { lon, lat: south + height / 2 })).toBe(true);
    }),
  );
});

it("goes on beyond 180 degrees for a map, where it crosses the antimeridian", () => {
  expect(toBounds([170, -50, -170, -30])).toEqual([
    [170, -50],
    [190, -30],
  ]);
  expect(toBounds([-10, 0, 20, 5])).toEqual([
    [-10, 0],
    [20, 5],
  ]);
});

it("has the spot within its place, wherever it is", () => {
  const spot = fc.record({
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    lat: fc.double({ min: -85, max: 85, noNaN: true }),
  });
  fc.assert(
    fc.property(spot, (at) => {
      expect(bboxContains(Bbox.parse(placeAround(at, 0)), at)).toBe(true);
    }),
  );
});
