import { type Bbox, bboxContains, isNullIsland } from "@argus/core/contract";

import { pairOf, type Pair } from "./position-value.ts";
import {
  fromMercator,
  type LonLat,
  MERCATOR_EDGE,
  type Point,
  type Projection,
  projectionOf,
  utmProjection,
} from "./projection.ts";

const UTM_ZONE = /^(?<zone>\d{1,2})(?<half>[NS])?$/iu;

export type PositionOptions = {
  /** Boxes that it must lie in; none: anywhere. The manifest's own. */
  areas?: readonly Bbox[];
  /** Whether a pair that lies in the areas only the other way round is put right. Default: true. */
  swap?: boolean;
  /** The pair is UTM metres of this zone, `30` or `"30N"`, `"55S"`: x easting, y northing. North when nothing is said. */
  utmZone?: number | string;
  /** The pair is of this system: degrees (4326 …), web mercator (3857, 102100), UTM (326zz, 327zz, 258zz). */
  epsg?: number;
};

/** Degrees of WGS 84, or that the place is unknown. */
export type Place = { lat: number; lon: number } | { lat: null; lon: null };

const NOWHERE: Place = Object.freeze({ lat: null, lon: null });

/**
 * Where something is, from what origins send for a place: `{lat, lon}` and its kin, `{x, y}`, `[lon, lat]`, GeoJSON
 * Point, MultiPoint and Feature, WKT POINT; numbers or text. (0, 0), what is out of range and what lies outside the areas
 * is unknown. A pair in degrees is taken as such, whatever system was stated; web mercator that nobody stated is
 * recognised where areas tell that it fits.
 */
export function positionOf(value: unknown, options: PositionOptions = {}): Place {
  const pair = pairOf(value);
  if (pair === null || (pair.x === 0 && pair.y === 0)) return NOWHERE;
  for (const candidate of candidatesOf(pair, options))
    if (isPlausible(candidate, options.areas)) return rounded(candidate);
  return NOWHERE;
}

/** What the pair may mean, the likeliest first. */
function* candidatesOf(pair: Pair, { areas = [], swap = true, ...stated }: PositionOptions): Generator<LonLat> {
  const mayGuess = areas.length > 0;
  const turned: Point = { x: pair.y, y: pair.x };
  if (isDegrees(pair)) yield { lon: pair.x, lat: pair.y };
  if (swap && mayGuess && isDegrees(turned)) yield { lon: turned.x, lat: turned.y };
  if (isDegrees(pair) || isDegrees(turned)) return;
  const projection = statedProjection(pair, stated);
  const projections = projection === null ? (mayGuess && isMercator(pair) ? [fromMercator] : []) : [projection];
  for (const project of projections) {
    yield project(pair);
    if (swap && mayGuess) yield project(turned);
  }
}

function statedProjection(pair: Pair, { utmZone, epsg }: PositionOptions): Projection | null {
  if (utmZone !== undefined) {
    const { zone, half } = UTM_ZONE.exec(String(utmZone))?.groups ?? {};
    return zone === undefined ? null : utmProjection(Number(zone), half?.toUpperCase() === "S");
  }
  const code = epsg ?? pair.epsg;
  return code === null ? null : projectionOf(code);
}

function isDegrees({ x, y }: Point): boolean {
  return Math.abs(x) <= 180 && Math.abs(y) <= 90;
}

function isMercator({ x, y }: Point): boolean {
  return Math.abs(x) <= MERCATOR_EDGE && Math.abs(y) <= MERCATOR_EDGE;
}

function isPlausible({ lon, lat }: LonLat, areas: readonly Bbox[] = []): boolean {
  if (!Number.isFinite(lon) || !Number.isFinite(lat) || !isDegrees({ x: lon, y: lat })) return false;
  if (isNullIsland(lat, lon)) return false;
  return areas.length === 0 || areas.some((area) => bboxContains(area, { lat, lon }));
}

/** To a centimetre: what projections add beyond that would differ from machine to machine. */
function rounded({ lon, lat }: LonLat): Place {
  return { lat: Number(lat.toFixed(7)), lon: Number(lon.toFixed(7)) };
}
