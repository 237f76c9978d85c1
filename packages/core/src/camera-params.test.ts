import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { CameraQuery } from "./camera-filter.ts";
import { readCameraParams, writeCameraParams } from "./camera-params.ts";

const read = (text: string) => readCameraParams(new URLSearchParams(text));

describe("readCameraParams", () => {
  it("reads every filter", () => {
    expect(
      read("q=bridge&country=GB&country=FR&bbox=-1,50,2,53&near=0,51.5,20&kind=jpeg&limit=5&sort=distance&gone=any"),
    ).toEqual({
      q: "bridge",
      country: ["GB", "FR"],
      bbox: [-1, 50, 2, 53],
      near: { lon: 0, lat: 51.5, km: 20 },
      kind: ["jpeg"],
      limit: 5,
      sort: "distance",
      gone: "any",
    });
  });

  it.each([
    ["bbox=1,2,3", "bbox"],
    ["bbox=1,2,3,x", "bbox"],
    ["bbox=1,2,3,", "bbox"],
    ["bbox=0,50,2,40", "bbox"],
    ["bbox=0,-91,2,40", "bbox"],
    ["bbox=0,1,2,3&bbox=0,1,2,3", "bbox"],
    ["near=1,2", "near"],
    ["near=1,2,-3", "near"],
    ["near=1,2,3,4", "near"],
    ["limit=0", "limit"],
    ["limit=1001", "limit"],
    ["limit=ten", "limit"],
    ["limit=0x10", "limit"],
    ["limit=1.5", "limit"],
    ["country=UK", "country"],
    ["kind=webm", "kind"],
    ["sort=colour", "sort"],
    ["sort=distance", "near"],
    ["contry=GB", "contry"],
    ["gone=maybe", "gone"],
    ["q=", "q"],
  ])("refuses %s and names %s", (text, named) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: "ARGUS_QUERY_INVALID", message: expect.stringContaining(named) }),
    );
  });

  it("refuses __proto__ like any other name it does not know", () => {
    expect(() => readCameraParams(new URLSearchParams("__proto__=1"))).toThrow(/__proto__/u);
  });

  it("says how a bbox is written", () => {
    expect(() => readCameraParams(new URLSearchParams("bbox=1,2,3"))).toThrow(/bbox: .*west,south,east,north/u);
  });

  it("reads back what writeCameraParams wrote", () => {
    const degrees = fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0);
    const query = fc.record(
      {
        q: fc.stringMatching(/^[a-zß-ÿ東京&=%]{1,20}$/u),
        country: fc.uniqueArray(fc.constantFrom("GB", "FR", "JP"), { minLength: 1 }),
        tag: fc.uniqueArray(fc.stringMatching(/^[a-z&=,+%]{1,10}$/u), { minLength: 1 }),
        bbox: fc
          .tuple(degrees, degrees, degrees, degrees)
          .map(([w, a, e, b]) => [w, Math.min(a, b), e, Math.max(a, b)] as [number, number, number, number]),
        limit: fc.integer({ min: 1, max: 1000 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(query, (value) => {
        expect(readCameraParams(writeCameraParams(value as CameraQuery))).toEqual(value);
      }),
    );
  });
});

it("refuses a long number that ends wrongly without trying all ways to read it", () => {
  // Tried in all ways it would take longer than this test may.
  const params = new URLSearchParams({ limit: `${"1".repeat(200_000)}x` });
  expect(() => readCameraParams(params)).toThrow(expect.objectContaining({ code: "ARGUS_QUERY_INVALID" }));
});
