import { describe, expect, it } from "vitest";

import { geojsonFeatures } from "./geojson-features.ts";

const FEATURE = {
  type: "Feature",
  id: "C1",
  geometry: { type: "Point", coordinates: [24, 60, 0] },
  properties: { name: "One" },
};

describe("geojsonFeatures", () => {
  it.each<[string, unknown]>([
    ["a collection", { type: "FeatureCollection", features: [FEATURE] }],
    ["a feature", FEATURE],
    ["a bare list", [FEATURE]],
  ])("reads %s", (_, value) => {
    expect(geojsonFeatures(value)).toEqual([
      { id: "C1", properties: { name: "One" }, geometry: FEATURE.geometry, lat: 60, lon: 24 },
    ]);
  });

  it("gives strange features as rows", () => {
    const nothing = { id: null, properties: {}, geometry: null, lat: null, lon: null };
    const strange = [null, {}, { ...FEATURE, id: {}, geometry: null, properties: null }, "x"];
    expect(geojsonFeatures(strange)).toEqual(strange.map(() => nothing));
  });

  it("takes places outside the areas for unknown", () => {
    expect(geojsonFeatures(FEATURE, { areas: [[0, 0, 1, 1]] })[0]).toMatchObject({ lat: null, lon: null });
  });

  it.each([null, 5, {}, { type: "FeatureCollection" }, "[]"])("refuses %j", (value) => {
    expect(() => geojsonFeatures(value)).toThrow(expect.objectContaining({ code: "ARGUS_SOURCE_FORMAT_CHANGED" }));
  });
});
