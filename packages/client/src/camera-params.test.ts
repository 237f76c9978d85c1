import { type CameraQuery, readCameraParams, writeCameraParams as writeOfCore } from "@argus/core";
import fc from "fast-check";
import { expect, it } from "vitest";

import { writeCameraParams } from "./camera-params.ts";

const degrees = fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0);
const words = fc.stringMatching(/^[a-zß-ÿ東京&=%+,]{1,20}$/u);
const list = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });

const query = fc.record(
  {
    q: words,
    source: list("demo", "tfl-jamcam"),
    country: list("GB", "FR", "JP"),
    region: fc.uniqueArray(words, { minLength: 1, maxLength: 5 }),
    city: fc.uniqueArray(words, { minLength: 1, maxLength: 5 }),
    kind: list("jpeg", "mjpeg"),
    tag: fc.uniqueArray(words, { minLength: 1, maxLength: 5 }),
    health: list("live", "unknown"),
    bbox: fc.tuple(degrees, degrees, degrees, degrees).map(([w, a, e, b]) => [w, Math.min(a, b), e, Math.max(a, b)]),
    near: fc.record({ lon: degrees, lat: degrees, km: fc.integer({ min: 1, max: 20_000 }) }),
    collection: fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 3 }),
    favourite: fc.constant("yes"),
    gone: fc.constantFrom("no", "yes", "any"),
    duplicates: fc.constantFrom("show", "hide"),
    sort: fc.constantFrom("id", "-name", "last_seen_at"),
    limit: fc.integer({ min: 1, max: 1000 }),
    cursor: fc.stringMatching(/^[\w-]{1,30}$/u),
  },
  { requiredKeys: [] },
);

it("writes what core's reader reads back, and the same as core's writer", () => {
  fc.assert(
    fc.property(query, (value) => {
      const params = writeCameraParams(value as CameraQuery);
      expect(readCameraParams(params)).toEqual(value);
      expect(String(params)).toBe(String(writeOfCore(value as CameraQuery)));
    }),
  );
});
