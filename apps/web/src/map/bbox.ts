import type { CameraFilter } from "@argus/core";

export type Bbox = NonNullable<CameraFilter["bbox"]>;

// Tenths of a metre are more than any screen shows, and keep the address short.
const DECIMALS = 10_000;

/**
 * What a map shows, as the API's bbox: longitudes brought back to -180…180 (a map that was dragged around the world
 * counts on), west > east across the antimeridian, and the whole belt when it shows the world more than once.
 */
export function toBbox(west: number, south: number, east: number, north: number): Bbox {
  const [s, n] = [latitude(south), latitude(north)];
  return east - west >= 360 ? [-180, s, 180, n] : [longitude(west), s, longitude(east), n];
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
