import type { Camera } from "@argus/core";

import { featureOf } from "../camera-feature.ts";
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
  return JSON.stringify(featureOf(camera, fields === null ? camera : pick(camera, fields)));
}

function pick(camera: Camera, fields: readonly CameraField[]): Partial<Camera> {
  return Object.fromEntries(fields.map((field) => [field, camera[field]]));
}
