import type { ImportField } from "@argus/core";

import { fold } from "../fold.ts";

/** What columns are called that hold a field: folded, letters and digits only, best first. */
const NAMES: Readonly<Record<ImportField, string>> = {
  id: "id cameraid camid uid uuid code ref kennung",
  name: "name title label cameraname camera bezeichnung titel nom nombre nome",
  description: "description desc details comment notes remarks beschreibung",
  lat: "lat latitude y ycoord breite breitengrad latitud latitudine",
  lon: "lon lng long longitude x xcoord laenge lange laengengrad langengrad longitud longitudine",
  country: "country countrycode iso land pays pais",
  region: "region state province county bundesland",
  city: "city town place municipality locality ort stadt ville ciudad",
  heading_deg: "headingdeg heading bearing azimuth direction richtung",
  stream_url: "streamurl stream url videourl video link href src",
  stream_kind: "streamkind kind streamtype streamformat",
  snapshot_url: "snapshoturl snapshot imageurl image img stillurl still picture photo thumbnailurl thumbnail bild",
  page_url: "pageurl page website webpage homepage web",
  refresh_s: "refreshs refresh refreshseconds refreshinterval interval",
  tags: "tags tag keywords categories category",
  manufacturer: "manufacturer vendor brand make hersteller",
  attribution: "attribution credit copyright operator owner provider",
  licence: "licence license lizenz",
  terms_url: "termsurl terms tos",
};

const NOT_OF_A_NAME = /[^\p{L}\p{N}]+/gu;

/** A field a column may hold; of several columns for one field the lowest rank is read. */
export type NamedField = { field: ImportField; rank: number };

const FIELD_OF: ReadonlyMap<string, NamedField> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(" ").map((name, rank): [string, NamedField] => [name, { field: field as ImportField, rank }]),
  ),
);

/** The field that a column of this name holds, or null when the name says none. */
export function fieldOfName(name: string): NamedField | null {
  return FIELD_OF.get(fold(name).replace(NOT_OF_A_NAME, "")) ?? null;
}

/** Names that hold a field, for a message. */
export function namesOfField(field: ImportField): string {
  return [
    field,
    ...NAMES[field]
      .split(" ")
      .slice(0, 3)
      .filter((name) => name !== field),
  ].join(", ");
}
