import type { Feature, FeatureCollection, MultiLineString, Point } from "geojson";
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

import type { Places } from "../../basemap/places.ts";
import { PALETTE } from "./palette.ts";
import { splitAtSeam, unwrapLand } from "./seam.ts";

export type Outlines = Topology<{ land: GeometryCollection; countries: GeometryCollection }>;

/** No glyph server: MapLibre draws these fonts with the browser's own. */
export const FONT = ["system-ui"];
const ATTRIBUTION =
  'Natural Earth · cities <a href="https://www.geonames.org" target="_blank" rel="noreferrer">GeoNames</a> ' +
  '(<a href="https://creativecommons.org/licenses/by/4.0/" target="_blank" rel="noreferrer">CC BY 4.0</a>)';
// Finer than Natural Earth's 1:50m is not to be had by cutting smaller tiles.
const OUTLINE_MAX_ZOOM = 8;
const GRID_STEP = 15;
const GRID_POINT_STEP = 5;
const GRID_TOP = 85;
// The dot beside a city's name; drawn once per device pixel pair.
export const CITY_DOT = "city-dot";

export function basemapSources(outlines: Outlines, places: Places): Record<string, SourceSpecification> {
  const { land, countries } = outlines.objects;
  const lines = (kind: string, geometry: MultiLineString): Feature<MultiLineString> => ({
    type: "Feature",
    properties: { kind },
    geometry,
  });
  const coast = splitAtSeam(mesh(outlines, countries, (a, b) => a === b));
  const borders = mesh(outlines, countries, (a, b) => a !== b);
  const collection: FeatureCollection = {
    type: "FeatureCollection",
    features: [lines("coast", coast), lines("border", borders), lines("grid", grid())],
  };
  return {
    land: {
      type: "geojson",
      data: unwrapLand(feature(outlines, land)),
      maxzoom: OUTLINE_MAX_ZOOM,
      attribution: ATTRIBUTION,
    },
    lines: { type: "geojson", data: collection, maxzoom: OUTLINE_MAX_ZOOM },
    places: {
      type: "geojson",
      data: { type: "FeatureCollection", features: placeFeatures(places) },
      maxzoom: OUTLINE_MAX_ZOOM,
    },
  };
}

export function basemapLayers(): LayerSpecification[] {
  const line = (id: string, color: string, width: number): LayerSpecification => ({
    id,
    type: "line",
    source: "lines",
    filter: ["==", ["get", "kind"], id],
    paint: { "line-color": color, "line-width": width },
  });
  return [
    { id: "sea", type: "background", paint: { "background-color": PALETTE.sea } },
    line("grid", PALETTE.grid, 1),
    { id: "land", type: "fill", source: "land", paint: { "fill-color": PALETTE.land, "fill-antialias": false } },
    line("border", PALETTE.border, 0.9),
    line("coast", PALETTE.coast, 0.9),
    countryLayer(),
    cityLayer(),
  ];
}

function countryLayer(): LayerSpecification {
  return {
    id: "countries",
    type: "symbol",
    source: "places",
    filter: ["all", ["==", ["get", "kind"], "country"], ["<=", ["get", "zoom"], ["zoom"]]],
    maxzoom: 7,
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["zoom"], 1, 9, 6, 13],
      "text-transform": "uppercase",
      "text-letter-spacing": 0.16,
      "text-max-width": 7,
      "text-padding": 2,
      // Out of a cluster's way, but not out of the country.
      "text-variable-anchor": ["center", "top", "bottom"],
      "text-radial-offset": 0.4,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: { "text-color": PALETTE.country, "text-halo-color": PALETTE.land, "text-halo-width": 1.2 },
  };
}

function cityLayer(): LayerSpecification {
  const capital: ExpressionSpecification = ["==", ["get", "capital"], 1];
  return {
    id: "cities",
    type: "symbol",
    source: "places",
    filter: ["all", ["==", ["get", "kind"], "city"], ["<=", ["get", "zoom"], ["zoom"]]],
    layout: {
      "icon-image": CITY_DOT,
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["zoom"], 3, 10.5, 8, 12.5],
      "text-variable-anchor": ["left", "right", "top", "bottom"],
      "text-radial-offset": 0.5,
      "text-justify": "auto",
      "text-max-width": 9,
      "text-padding": 3,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: {
      "text-color": ["case", capital, PALETTE.capital, PALETTE.city],
      "text-halo-color": PALETTE.sea,
      "text-halo-width": 1.3,
    },
  };
}

function placeFeatures({ countries, cities }: Places): Feature<Point>[] {
  const at = (lon: number, lat: number): Point => ({ type: "Point", coordinates: [lon, lat] });
  return [
    ...countries.map(([name, lon, lat, zoom], rank): Feature<Point> => ({
      type: "Feature",
      geometry: at(lon, lat),
      properties: { kind: "country", name, zoom, rank },
    })),
    ...cities.map(([name, lon, lat, zoom, capital], rank): Feature<Point> => ({
      type: "Feature",
      geometry: at(lon, lat),
      properties: { kind: "city", name, zoom, capital, rank },
    })),
  ];
}

function grid(): MultiLineString {
  const steps = (from: number, to: number, step: number): number[] =>
    Array.from({ length: (to - from) / step + 1 }, (_, at) => from + at * step);
  const meridians = steps(-180, 180 - GRID_STEP, GRID_STEP).map((lon) =>
    steps(-GRID_TOP, GRID_TOP, GRID_POINT_STEP).map((lat) => [lon, lat]),
  );
  const parallels = steps(-75, 75, GRID_STEP).map((lat) => steps(-180, 180, GRID_POINT_STEP).map((lon) => [lon, lat]));
  return { type: "MultiLineString", coordinates: [...meridians, ...parallels] };
}
