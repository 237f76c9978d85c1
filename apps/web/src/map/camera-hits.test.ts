import { describe, expect, it } from "vitest";

import { hitOf, nextOf } from "./camera-hits.ts";

const point = (lon: number, lat: number, properties: Record<string, unknown>) => ({
  geometry: { type: "Point" as const, coordinates: [lon, lat] },
  properties,
});
/** One pixel is one degree. */
const project = ({ lon, lat }: { lon: number; lat: number }) => ({ x: lon, y: -lat });
const hit = (...features: ReturnType<typeof point>[]) => hitOf(features, { x: 0, y: 0 }, project);

describe("what the pointer means", () => {
  it("is nothing where nothing is", () => expect(hit()).toBeNull());

  it("is the nearest, not the one on top", () =>
    expect(
      hit(point(4, 4, { id: "a:far", name: "Far" }), point(1, 0, { id: "a:near", name: "Near", city: "X" })),
    ).toEqual({
      kind: "cameras",
      at: { lon: 1, lat: 0 },
      cameras: [{ id: "a:near", name: "Near", place: "X" }],
    }));

  it("is a cluster, and where it falls apart", () =>
    expect(hit(point(0, 1, { count: 7, count_short: "7", zoom: 9 }))).toEqual({
      kind: "cluster",
      at: { lon: 0, lat: 1 },
      zoom: 9,
    }));

  it("is every camera of the spot once, however often the world is drawn", () =>
    expect(
      hit(point(1, 0, { id: "a:1" }), point(1, 1, { id: "a:2" }), point(1, 0, { id: "a:1" }), point(9, 9, { id: "z" })),
    ).toMatchObject({ cameras: [{ id: "a:1" }, { id: "a:2" }] }));
});

describe("clicking on cameras that stand on one spot", () => {
  const cameras = ["a:2", "a:3", "a:1"].map((id) => ({ id, name: id, place: "" }));
  it("opens the one on top", () => expect(nextOf(cameras, "other")?.id).toBe("a:2"));
  it("goes through all of them, in the same order however they are drawn", () => {
    expect(nextOf(cameras, "a:2")?.id).toBe("a:3");
    expect(nextOf(cameras.toReversed(), "a:3")?.id).toBe("a:1");
    expect(nextOf(cameras, "a:1")?.id).toBe("a:2");
  });
  it("opens a lone camera again", () => expect(nextOf([cameras[0]!], "a:2")?.id).toBe("a:2"));
  it("opens none where there is none", () => expect(nextOf([], null)).toBeNull());
});
