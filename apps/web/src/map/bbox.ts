import type { Bbox } from "@argus/core";

// About ten metres: close enough for a list, and it keeps the address short.
const DECIMALS = 10_000;
/** About 30 metres: some pixels where the map is closest. */
const SPOT_DEGREES = 0.0003;

/**
 * What a map shows, as the API's bbox: longitudes brought back to -180…180 (a map that was dragged around the world
 * counts on), west > east across the antimeridian, and the whole belt when it shows the world more than once.
 */
export function toBbox(west: number, south: number, east: number, north: number): Bbox {
  const [s, n] = [latitude(south), latitude(north)];
  return east - west >= 360 ? [-180, s, 180, n] : [longitude(west), s, longitude(east), n];
}

/** The API's bbox as MapLibre wants it: longitudes beyond 180 where it crosses the antimeridian. */
export function toBounds([west, south, east, north]: Bbox): [[number, number], [number, number]] {
  return [
    [west, south],
    [west > east ? east + 360 : east, north],
  ];
}

/** A box around one spot that is known to within so many degrees, wide enough for cameras that no zoom can part. */
export function placeAround({ lon, lat }: { lon: number; lat: number }, precision: number): Bbox {
  const reach = SPOT_DEGREES + precision;
  const wide = reach / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return toBbox(lon - wide, lat - reach, lon + wide, lat + reach);
}

function latitude(degrees: number): number {
  return round(Math.min(90, Math.max(-90, degrees)));
}

function longitude(degrees: number): number {
  return round(((((degrees + 180) % 360) + 360) % 360) - 180);
}

function round(degrees: number): number {
  return Math.round(degrees * DECIMALS) / DECIMALS;
}
