import { bboxContains, type Position } from "@argus/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emptyBits, setBit } from "../index/selection.ts";
import { SpatialOrder } from "../index/spatial-order.ts";
import { extentOf } from "./extent.ts";

function extentOfAll(
  list: readonly Position[],
  isSelected: (slot: number) => boolean = () => true,
): ReturnType<typeof extentOf> {
  const bits = emptyBits(list.length);
  let count = 0;
  for (const slot of list.keys()) {
    if (!isSelected(slot)) continue;
    setBit(bits, slot);
    count += 1;
  }
  const order = new SpatialOrder({ lonAt: (slot) => list[slot]!.lon, latAt: (slot) => list[slot]!.lat });
  for (const slot of list.keys()) order.put(slot);
  return extentOf(order, { bits, count });
}

const at = (lon: number, lat = 0): Position => ({ lon, lat });

describe("extentOf", () => {
  it("is nothing around nothing, a point around one camera", () => {
    expect(extentOfAll([])).toEqual({ bbox: null, located: 0 });
    expect(extentOfAll([at(Number.NaN, Number.NaN)])).toEqual({ bbox: null, located: 0 });
    expect(extentOfAll([at(5, 6)])).toEqual({ bbox: [5, 6, 5, 6], located: 1 });
  });

  it("crosses the antimeridian where that is smaller", () => {
    expect(extentOfAll([at(179, -5), at(-178, 10)]).bbox).toEqual([179, -5, -178, 10]);
    expect(extentOfAll([at(-60), at(0), at(130), at(170)]).bbox).toEqual([-60, 0, 170, 0]);
    expect(extentOfAll([at(-170), at(10), at(130), at(150)]).bbox).toEqual([10, 0, -170, 0]);
  });

  it("leaves out what is not selected or not located", () => {
    const list = [at(1, 1), at(50, 50), at(Number.NaN, Number.NaN), at(2, 3)];
    expect(extentOfAll(list, (slot) => slot !== 1)).toEqual({ bbox: [1, 1, 2, 3], located: 2 });
  });

  it("holds every camera, and is as narrow as the widest gap between two allows", () => {
    const lon = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.integer({ min: -180, max: 180 }));
    const position = fc.record({
      lon,
      lat: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: 85, max: 90, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 80 }), (list) => {
        const bbox = extentOfAll(list).bbox!;
        for (const one of list) expect(bboxContains(bbox, one)).toBe(true);
        const lons = list.map((one) => one.lon).toSorted((a, b) => a - b);
        const gaps = lons.map((one, nth) => (lons[nth + 1] ?? lons[0]! + 360) - one);
        const width = bbox[0] <= bbox[2] ? bbox[2] - bbox[0] : bbox[2] + 360 - bbox[0];
        expect(width).toBeCloseTo(360 - Math.max(...gaps), 6);
        expect([bbox[1], bbox[3]]).toEqual([
          Math.min(...list.map(({ lat }) => lat)),
          Math.max(...list.map(({ lat }) => lat)),
        ]);
      }),
    );
  });
});
