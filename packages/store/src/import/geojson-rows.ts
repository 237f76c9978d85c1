import type { ImportField } from "@argus/core";

import type { TimeSlice } from "../time-slice.ts";
import type { ColumnMapping } from "./column-mapping.ts";
import { type FileRow, type FileValue, showCell } from "./file-row.ts";
import { importUnreadable } from "./import-errors.ts";
import { type JsonPart, JsonParts } from "./json-parts.ts";
import type { FileText } from "./text-of-file.ts";

const PATHS = ["$.type", "$.features.*", "$.geometry", "$.properties", "$.id"];
const GEOMETRY = "geometry";

/**
 * The features of a GeoJSON FeatureCollection or Feature (RFC 7946), in portions, so that a large file does not hold
 * up the program.
 * @throws ArgusError ARGUS_IMPORT_UNREADABLE
 */
export async function* geojsonRows(
  text: FileText,
  mapping: ColumnMapping,
  slice: TimeSlice,
): AsyncGenerator<FileRow, void> {
  const reader = new FeatureReader();
  let row = 0;
  for (const chunk of text.chunks()) {
    if (slice.isOver) await slice.pause();
    for (const feature of reader.read(chunk)) yield rowOf(feature, (row += 1), mapping);
  }
  for (const feature of reader.end()) yield rowOf(feature, (row += 1), mapping);
}

/** Takes the features out of a JSON text as it comes in. */
class FeatureReader {
  readonly #parts = new JsonParts(PATHS, importUnreadable);
  /** The members of the document itself, which is a feature when there is only one. */
  readonly #root = new Map<unknown, unknown>();

  read(chunk: string): unknown[] {
    return this.#features(this.#parts.read(chunk));
  }

  /** The last features; what the document says it is must be there by now. */
  end(): unknown[] {
    const features = this.#features(this.#parts.end());
    const type = this.#root.get("type");
    if (type === "Feature") return [Object.fromEntries(this.#root)];
    if (type === "FeatureCollection") return features;
    const shown = type === undefined ? "none" : JSON.stringify(showCell(type));
    throw importUnreadable(`its "type" must be "FeatureCollection" or "Feature", and is ${shown}`);
  }

  #features(parts: readonly JsonPart[]): unknown[] {
    for (const { list, key, value } of parts) if (list === null) this.#root.set(key, value);
    return parts.filter(({ list }) => list !== null).map(({ value }) => value);
  }
}

function rowOf(feature: unknown, row: number, mapping: ColumnMapping): FileRow {
  if (!isObject(feature) || feature["type"] !== "Feature") {
    const fault = { column: null, value: showCell(feature), message: 'must be an object with "type": "Feature"' };
    return { row, values: new Map(), fault };
  }
  const properties = isObject(feature["properties"]) ? feature["properties"] : {};
  const values = valuesOf(properties, mapping);
  if (!values.has("id")) values.set("id", { value: feature["id"], column: "id" });
  return { row, values, fault: locate(values, feature[GEOMETRY]) };
}

function valuesOf(properties: Readonly<Record<string, unknown>>, mapping: ColumnMapping): Map<ImportField, FileValue> {
  // What says nothing does not stand in the way of a property that does.
  const columns = Object.keys(properties).filter((column) => (properties[column] ?? "") !== "");
  const places = mapping.choose(columns);
  return new Map(
    [...places].map(([field, at]) => {
      const column = columns[at] ?? "";
      return [field, { column, value: properties[column] }];
    }),
  );
}

/** Puts the geometry's position in the place of any that the properties tell. */
function locate(values: Map<ImportField, FileValue>, geometry: unknown): FileRow["fault"] {
  if (geometry === null || geometry === undefined) return null;
  const position = positionOf(geometry);
  if (position === null) {
    const type = isObject(geometry) ? showCell(geometry["type"]) : showCell(geometry);
    return { column: GEOMETRY, value: type, message: "must be a Point or a MultiPoint with a position" };
  }
  values.set("lon", { column: GEOMETRY, value: position[0] });
  values.set("lat", { column: GEOMETRY, value: position[1] });
  return null;
}

/** Longitude and latitude of a point, or of the first of several. */
function positionOf(geometry: unknown): [unknown, unknown] | null {
  if (!isObject(geometry)) return null;
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if (!Array.isArray(coordinates)) return null;
  const point: unknown = type === "MultiPoint" ? coordinates[0] : type === "Point" ? coordinates : null;
  return Array.isArray(point) && point.length > 1 ? [point[0], point[1]] : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
