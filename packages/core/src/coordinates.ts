import { z } from "zod";

const EARTH_RADIUS_KM = 6371.0088;
const DEGREES_TO_RADIANS = Math.PI / 180;

/** WGS 84 degrees. */
export const Latitude = z.number().min(-90).max(90);
/** WGS 84 degrees. */
export const Longitude = z.number().min(-180).max(180);

/** A point in WGS 84 degrees. */
export type Position = { lat: number; lon: number };

/** West, south, east, north in WGS 84 degrees; west > east crosses the antimeridian, as in RFC 7946. */
export const Bbox = z
  .tuple([Longitude, Latitude, Longitude, Latitude], { error: "must be four numbers: west,south,east,north" })
  .refine(([, south, , north]) => south <= north, "south must not be greater than north");
export type Bbox = z.infer<typeof Bbox>;

/** A circle: centre in WGS 84 degrees, radius in kilometres. */
export const Near = z.strictObject({ lon: Longitude, lat: Latitude, km: z.number().positive().max(20_040) });
export type Near = z.infer<typeof Near>;

/** True at (0, 0), which origins send for "unknown". */
export function isNullIsland(lat: number, lon: number): boolean {
  return lat === 0 && lon === 0;
}

/** Whether the box holds the point; edges belong to it. */
export function bboxContains([west, south, east, north]: Bbox, { lat, lon }: Position): boolean {
  if (lat < south || lat > north) return false;
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/** Great-circle distance in kilometres (haversine, mean earth radius). */
export function distanceKm(a: Position, b: Position): number {
  const dLat = (b.lat - a.lat) * DEGREES_TO_RADIANS;
  const dLon = (b.lon - a.lon) * DEGREES_TO_RADIANS;
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a.lat * DEGREES_TO_RADIANS) * Math.cos(b.lat * DEGREES_TO_RADIANS) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
