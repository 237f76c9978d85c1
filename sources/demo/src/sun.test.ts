import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { moonPosition, solarPosition } from "./sun.ts";

describe("solarPosition", () => {
  // Geometric positions, from the worked example in NREL/TP-560-34302 (Reda & Andreas, 2003), appendix A.5.
  it("agrees with NREL's worked example", () => {
    const { elevation, azimuth } = solarPosition(39.742476, -105.1786, Date.UTC(2003, 9, 17, 19, 30, 30));
    expect(elevation).toBeCloseTo(39.87, 1);
    expect(azimuth).toBeCloseTo(194.34, 1);
  });

  it("stands overhead at the equator at noon of the equinox", () => {
    expect(solarPosition(0, 0, Date.UTC(2026, 2, 20, 12, 7)).elevation).toBeGreaterThan(89);
  });

  it("stays up for a day in the polar summer and down in the polar winter", () => {
    for (let hour = 0; hour < 24; hour += 1) {
      expect(solarPosition(-89.99, 0, Date.UTC(2026, 11, 21, hour)).elevation).toBeGreaterThan(23);
      expect(solarPosition(78.9, 11.9, Date.UTC(2026, 11, 21, hour)).elevation).toBeLessThan(-10);
    }
  });

  it("is somewhere in the sky at every time and place", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.integer({ min: -1e12, max: 4e12 }),
        (lat, lon, time) => {
          const { elevation, azimuth } = solarPosition(lat, lon, time);
          expect(Math.abs(elevation)).toBeLessThanOrEqual(90);
          expect(azimuth).toBeGreaterThanOrEqual(0);
          expect(azimuth).toBeLessThanOrEqual(360);
        },
      ),
    );
  });
});

describe("moonPosition", () => {
  it("is full at a full moon and new at a solar eclipse", () => {
    expect(moonPosition(0, 0, Date.UTC(2026, 2, 3, 11, 38)).phase).toBeCloseTo(0.5, 1);
    const { phase } = moonPosition(0, 0, Date.UTC(2026, 7, 12, 17, 37));
    expect(Math.min(phase, 1 - phase)).toBeLessThan(0.01);
  });

  it("stands before the sun in the total eclipse over Spain of 12 August 2026", () => {
    const [lat, lon, time] = [42.34, -3.7, Date.UTC(2026, 7, 12, 18, 29)] as const;
    const moon = moonPosition(lat, lon, time);
    const sun = solarPosition(lat, lon, time);
    // Seen from the earth's surface the moon stands up to a degree lower than this formula tells.
    expect(Math.abs(moon.azimuth - sun.azimuth)).toBeLessThan(2);
    expect(Math.abs(moon.elevation - sun.elevation)).toBeLessThan(2);
  });
});
