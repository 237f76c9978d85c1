import type { PositionOptions } from "./position.ts";
import { positionOf } from "./position.ts";

/** A feature of a map layer, tolerantly read: what is strange about it comes out as null or empty. */
export type FeatureRow = {
  /** What the layer calls it. ArcGIS gives new ones when it loads a layer anew: do not make it a camera's id there. */
  id: string | number | null;
  properties: Record<string, unknown>;
  /** As it came. */
  geometry: unknown;
  lat: number | null;
  lon: number | null;
};

/** A row of its parts, whatever they are. */
export function featureRow(
  parts: { id: unknown; properties: unknown; geometry: unknown; reference?: unknown },
  position: PositionOptions,
): FeatureRow {
  const { geometry = null } = parts;
  const place =
    isRecord(geometry) && parts.reference !== undefined ? { spatialReference: parts.reference, ...geometry } : geometry;
  return {
    id: typeof parts.id === "string" || typeof parts.id === "number" ? parts.id : null,
    properties: isRecord(parts.properties) ? parts.properties : {},
    geometry,
    ...positionOf(place, position),
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
