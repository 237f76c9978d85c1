import type { Camera } from "@argus/core";

import type { CameraField } from "../params.ts";

/** A FeatureCollection (RFC 7946); a camera of unknown position has a null geometry. */
export async function* writeGeojson(
  cameras: AsyncIterable<Camera>,
  fields: readonly CameraField[] | null,
): AsyncGenerator<string, void, undefined> {
  yield '{"type":"FeatureCollection","features":[';
  let separator = "\n";
  for await (const camera of cameras) {
    yield separator + featureText(camera, fields);
    separator = ",\n";
  }
  yield "\n]}\n";
}

function featureText(camera: Camera, fields: readonly CameraField[] | null): string {
  const { id, lat, lon } = camera;
  const geometry = lat === null || lon === null ? null : { type: "Point", coordinates: [lon, lat] };
  const properties = fields === null ? camera : pick(camera, fields);
  return JSON.stringify({ type: "Feature", id, geometry, properties });
}

function pick(camera: Camera, fields: readonly CameraField[]): Partial<Camera> {
  return Object.fromEntries(fields.map((field) => [field, camera[field]]));
}
