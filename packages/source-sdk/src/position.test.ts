import type { Bbox } from "@argus/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { positionOf } from "./position.ts";
import { fromMercator, projectionOf, utmProjection } from "./projection.ts";

const OREGON: Bbox[] = [[-125, 42, -116, 46.5]];
const BASQUE: Bbox[] = [[-3.5, 42.4, -1.7, 43.5]];
const NOWHERE = { lat: null, lon: null };
const PORTLAND = { lat: 45.5, lon: -122.25 };

describe("positionOf", () => {
  it.each<[string, unknown]>([
    ["lat and lon", { lat: 45.5, lon: -122.25 }],
    ["lat and lng as text", { lat: "45.5", lng: "-122.25" }],
    ["latitude and longitude with decimal commas", { latitude: "45,5", longitude: "-122,25" }],
    ["names in any case", { Latitude: 45.5, LONGITUDE: " -122.25 " }],
    ["lat and long", { lat: 45.5, long: -122.25 }],
    ["degrees with their sign", { lat: "45.5°", lon: "-122.25 °" }],
    ["x and y of ArcGIS", { x: -122.25, y: 45.5, spatialReference: { wkid: 4326 } }],
    ["a list", [-122.25, 45.5]],
    ["a list of text with a height", ["-122.25", "45.5", "12.0"]],
    ["a GeoJSON point", { type: "Point", coordinates: [-122.25, 45.5, 0] }],
    [
      "a GeoJSON multipoint",
      {
        type: "MultiPoint",
        coordinates: [
          [-122.25, 45.5],
          [1, 2],
        ],
      },
    ],
    ["an ArcGIS multipoint", { points: [[-122.25, 45.5]] }],
    ["a GeoJSON feature", { type: "Feature", geometry: { type: "Point", coordinates: [-122.25, 45.5] } }],
    ["WKT", "POINT (-122.25 45.5)"],
    ["WKT of a multipoint with height", "MULTIPOINT Z((-122.25 45.5 3),(1 2 3))"],
    ["EWKT", "SRID=4326;POINT(-122.25 45.5)"],
    [
      "a point of another frame, metres away at most",
      { type: "Point", crs: { properties: { name: "EPSG:7844" } }, coordinates: [-122.25, 45.5] },
    ],
  ])("reads %s", (_, value) => {
    expect(positionOf(value)).toEqual(PORTLAND);
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["an empty object", {}],
    ["empty text, which is no zero", { lat: "", lon: "" }],
    ["null where the number should be", { lat: null, lon: -122.25 }],
    ["words", { lat: "north", lon: "west" }],
    ["(0, 0)", { lat: 0, lon: 0 }],
    ["(0, 0) as text", ["0.0", "0"]],
    ["a latitude out of range", { lat: 91, lon: 10 }],
    ["no number at all", { lat: Number.NaN, lon: Number.POSITIVE_INFINITY }],
    ["a GeoJSON point without a place", { type: "Point", coordinates: [] }],
    ["a feature without a geometry", { type: "Feature", geometry: null }],
    ["an empty WKT", "POINT EMPTY"],
    ["metres that nobody explained", { x: -13_608_807, y: 5_702_000 }],
    ["a list in a list in a list", [[[[[[1, 2]]]]]]],
  ])("takes %s for unknown", (_, value) => {
    expect(positionOf(value)).toEqual(NOWHERE);
  });

  it("takes what lies outside the areas for unknown", () => {
    expect(positionOf([-122.25, 45.5], { areas: OREGON })).toEqual(PORTLAND);
    expect(positionOf([-122.25, 49.5], { areas: OREGON })).toEqual(NOWHERE);
    expect(positionOf([-122.25, 49.5], { areas: [...OREGON, [-140, 48, -114, 60]] })).toEqual({
      lat: 49.5,
      lon: -122.25,
    });
  });

  it("puts a swapped pair right when only that lies in the areas", () => {
    expect(positionOf({ lat: -122.25, lon: 45.5 }, { areas: OREGON })).toEqual(PORTLAND);
    expect(positionOf({ lat: -122.25, lon: 45.5 }, { areas: OREGON, swap: false })).toEqual(NOWHERE);
    expect(positionOf({ lat: 5, lon: 10 }, { areas: [[0, 0, 20, 20]] })).toEqual({ lat: 5, lon: 10 });
    expect(positionOf({ lat: -122.25, lon: 45.5 })).toEqual(NOWHERE);
  });

  it("reads web mercator where a code states it, or areas show that it fits", () => {
    const mercator = { x: -13_656_675.1, y: 5_702_162 };
    const near = { lat: expect.closeTo(45.51, 3), lon: expect.closeTo(-122.68, 3) };
    expect(positionOf({ ...mercator, spatialReference: { wkid: 102_100, latestWkid: 3857 } })).toEqual(near);
    expect(positionOf(mercator, { epsg: 3857 })).toEqual(near);
    expect(positionOf(mercator, { areas: OREGON })).toEqual(near);
    expect(positionOf(mercator, { areas: BASQUE })).toEqual(NOWHERE);
  });

  it("reads UTM whose northing is called latitude", () => {
    const row = { latitude: "4794665.86", longitude: "503178.8" };
    const near = { lat: expect.closeTo(43.304817, 6), lon: expect.closeTo(-2.960806, 6) };
    for (const options of [{ utmZone: 30 }, { utmZone: "30N" }, { epsg: 25_830 }, { epsg: 32_630 }])
      expect(positionOf(row, { areas: BASQUE, ...options })).toEqual(near);
    expect(positionOf({ latitude: row.longitude, longitude: row.latitude }, { areas: BASQUE, utmZone: 30 })).toEqual(
      near,
    );
    expect(positionOf({ latitude: "43.3", longitude: "-2.96" }, { areas: BASQUE, utmZone: 30 })).toEqual({
      lat: 43.3,
      lon: -2.96,
    });
    expect(positionOf(row, { utmZone: "somewhere" })).toEqual(NOWHERE);
    expect(positionOf(row, { epsg: 2154 })).toEqual(NOWHERE);
  });

  it("gives two numbers in range inside the areas, or two nulls, whatever it is handed", () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ lat: fc.anything(), lon: fc.anything() }),
      fc.tuple(fc.double(), fc.double()),
      fc.record({ x: fc.double(), y: fc.double(), spatialReference: fc.constant({ wkid: 3857 }) }),
    );
    fc.assert(
      fc.property(anything, fc.boolean(), (value, bounded) => {
        const { lat, lon } = positionOf(value, bounded ? { areas: OREGON } : { utmZone: 33 });
        expect(lat === null).toBe(lon === null);
        if (lat === null || lon === null) return;
        expect(Math.abs(lat) <= 90 && Math.abs(lon) <= 180).toBe(true);
        if (bounded) expect(lat >= 42 && lat <= 46.5 && lon >= -125 && lon <= -116).toBe(true);
      }),
    );
  });
});

describe("projections", () => {
  // Computed with PROJ's JavaScript port (proj4js 2.22).
  it.each([
    ["30N", 503187.6499, 4794130.9122, -2.9607, 43.3],
    ["33N", 374089.9908, 7534770.1813, 12.0001, 67.9],
    ["56S", 333491.2299, 6251909.206, 151.2, -33.86],
    ["1N", 182543.5116, 1162160.0983, -179.9, 10.5],
    ["60S", 746985.4284, 5423740.7481, 179.95, -41.3],
    ["31N", 500000, 11.053, 3, 0.0001],
    ["32N", 420714.8422, 8828433.326, 5.1, 79.5],
  ])("UTM %s: %d, %d", (zone, x, y, lon, lat) => {
    const place = utmProjection(Number.parseInt(zone, 10), zone.endsWith("S"))({ x, y });
    expect(place.lon).toBeCloseTo(lon, 8);
    expect(place.lat).toBeCloseTo(lat, 8);
  });

  it("web mercator", () => {
    const { lon, lat } = fromMercator({ x: -13656675.130518802, y: 5702171.088896241 });
    expect([lon, lat]).toEqual([expect.closeTo(-122.68, 9), expect.closeTo(45.51, 9)]);
    expect(fromMercator({ x: 0, y: 0 })).toEqual({ lon: 0, lat: 0 });
  });

  it("knows the codes it says it knows, and no others", () => {
    expect([4326, 3857, 102_100, 25_830, 32_601, 32_760].map((code) => projectionOf(code) !== null)).not.toContain(
      false,
    );
    expect([0, 2154, 25_800, 32_661, 32_700, 27_700].map(projectionOf)).toEqual(Array(6).fill(null));
  });
});
