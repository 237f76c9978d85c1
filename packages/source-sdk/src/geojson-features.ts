import { showValue } from "@argus/core/contract";

import { formatChanged } from "./errors.ts";
import { featureRow, type FeatureRow, isRecord } from "./feature-row.ts";
import type { PositionOptions } from "./position.ts";

/**
 * The features of GeoJSON (RFC 7946): of a FeatureCollection, a Feature, or a bare list of features.
 * @throws ArgusError ARGUS_SOURCE_FORMAT_CHANGED for anything else.
 */
export function geojsonFeatures(value: unknown, position: PositionOptions = {}): FeatureRow[] {
  return listOf(value).map((feature) => {
    if (!isRecord(feature)) return featureRow({ id: null, properties: {}, geometry: null }, position);
    const { id, properties, geometry } = feature;
    return featureRow({ id, properties, geometry }, position);
  });
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isRecord(value) && Array.isArray(value["features"])) return value["features"];
  if (isRecord(value) && value["type"] === "Feature") return [value];
  throw formatChanged("what should be GeoJSON", `it has no list of features, it begins with ${showValue(value)}`);
}
