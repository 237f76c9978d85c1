import type { Camera, ListedCamera } from "@argus/core";

import { newCamera } from "./new-camera.ts";
import { listingHash, urlHash } from "../hash.ts";
import type { IndexRow } from "../index-row.ts";
import { sample } from "../testing/sample.ts";

/** A stored camera with nothing special about it. */
export function sampleCamera(id: string, fields: Partial<Camera> = {}): Camera {
  return { ...newCamera(sample(id), "2026-11-21T00:00:00.000Z"), ...fields };
}

/** The row that the index is told of a camera. */
export function indexRowOf(camera: Camera & ListedCamera, pk: number): IndexRow {
  return {
    ...camera,
    pk,
    change_seq: 1,
    tags: JSON.stringify(camera.tags),
    listing_hash: listingHash(camera),
    stream_url_hash: urlHash(camera.stream_url),
    snapshot_url_hash: urlHash(camera.snapshot_url),
  };
}
