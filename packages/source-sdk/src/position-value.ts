import { isNumber, numberOf } from "./number-of.ts";
import type { Point } from "./projection.ts";

/** A pair as it stands in a value, x being what should be the longitude, and the system it names itself. */
export type Pair = Point & { epsg: number | null };

const MAX_TEXT = 1000;
const MAX_DEPTH = 4;
const LAT_NAMES = ["lat", "latitude", "y"] as const;
const LON_NAMES = ["lon", "lng", "long", "longitude", "x"] as const;
const WKT =
  /^\s*(?:SRID\s*=\s*(?<srid>\d+)\s*;)?\s*(?:MULTI)?POINT\s*(?:Z?M?\s*)?\(\s*\(?\s*(?<x>[-+\d.e]+)\s+(?<y>[-+\d.e]+)/iu;
const CRS_CODE = /EPSG:+(?:[\d.]*:)?(?<code>\d+)$/iu;

/** Reads the pair out of whatever origins send for a place; null when there is none. */
export function pairOf(value: unknown, depth = 0): Pair | null {
  if (depth > MAX_DEPTH) return null;
  if (typeof value === "string") return pairOfWkt(value);
  if (Array.isArray(value)) return pairOfList(value, depth);
  if (typeof value !== "object" || value === null) return null;
  return pairOfObject(value as Record<string, unknown>, depth);
}

function pairOfWkt(text: string): Pair | null {
  const { x, y, srid } = WKT.exec(text.slice(0, MAX_TEXT))?.groups ?? {};
  return pair(x, y, srid === undefined ? null : Number(srid));
}

/** `[lon, lat]`, or a list of such: its first. */
function pairOfList(list: readonly unknown[], depth: number): Pair | null {
  return Array.isArray(list[0]) ? pairOf(list[0], depth + 1) : pair(list[0], list[1], null);
}

function pairOfObject(object: Record<string, unknown>, depth: number): Pair | null {
  const epsg = epsgOf(object);
  // A feature, a geometry of GeoJSON, a multipoint of ArcGIS.
  for (const inner of [object["geometry"], object["coordinates"], object["points"]]) {
    const found = inner === undefined || inner === null ? null : pairOf(inner, depth + 1);
    if (found !== null) return { ...found, epsg: found.epsg ?? epsg };
  }
  const byName = new Map(Object.entries(object).map(([name, inner]) => [name.toLowerCase(), inner]));
  const named = (names: readonly string[]): unknown =>
    names.map((name) => byName.get(name)).find((one) => (one ?? null) !== null);
  return pair(named(LON_NAMES), named(LAT_NAMES), epsg);
}

function pair(x: unknown, y: unknown, epsg: number | null): Pair | null {
  const point = { x: numberOf(x), y: numberOf(y) };
  return point.x === null || point.y === null ? null : { x: point.x, y: point.y, epsg };
}

/** What ArcGIS (`spatialReference.wkid`) and old GeoJSON (`crs.properties.name`) say of a geometry's system. */
function epsgOf(object: Record<string, unknown>): number | null {
  const reference = recordOf(object["spatialReference"]);
  const wkid = reference["latestWkid"] ?? reference["wkid"];
  if (isNumber(wkid)) return wkid;
  const name = recordOf(recordOf(object["crs"])["properties"])["name"];
  const code = typeof name === "string" ? CRS_CODE.exec(name)?.groups?.["code"] : undefined;
  return code === undefined ? null : Number(code);
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
