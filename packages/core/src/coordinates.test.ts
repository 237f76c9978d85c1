import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bboxContains, distanceKm } from "./coordinates.ts";

const lat = fc.double({ min: -90, max: 90, noNaN: true });
const lon = fc.double({ min: -180, max: 180, noNaN: true });
const position = fc.record({ lat, lon });

describe("bboxContains", () => {
  it("crosses the antimeridian when west is greater than east", () => {
    expect(bboxContains([170, -50, -170, -30], { lat: -41, lon: 175 })).toBe(true);
    expect(bboxContains([170, -50, -170, -30], { lat: -41, lon: -175 })).toBe(true);
    expect(bboxContains([170, -50, -170, -30], { lat: -41, lon: 0 })).toBe(false);
  });

  it("splits the world in two at any pair of meridians", () => {
    fc.assert(
      fc.property(position, lon, lon, (point, west, east) => {
        const inside = bboxContains([west, -90, east, 90], point);
        const outside = bboxContains([east, -90, west, 90], point);
        expect(inside || outside || west === east).toBe(true);
        if (point.lon !== west && point.lon !== east && west !== east) expect(inside).toBe(!outside);
      }),
    );
  });
});

describe("distanceKm", () => {
  it("knows London to Paris", () => {
    expect(distanceKm({ lat: 51.5074, lon: -0.1278 }, { lat: 48.8566, lon: 2.3522 })).toBeCloseTo(343.6, 0);
  });

  it("is symmetric, zero on itself and never more than half the equator", () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
        expect(distanceKm(a, a)).toBe(0);
        expect(distanceKm(a, b)).toBeLessThanOrEqual(20_016);
      }),
    );
  });
});
