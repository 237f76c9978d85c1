import { z } from "zod";

import { ArgusError } from "./errors.ts";

const MAX_SOURCE_ID = 64;
const MAX_RAW_ID = 200;
const SOURCE_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
// Printable, no white space and no control characters: an id is shown, logged and put into URLs.
const RAW_ID = /^[^\s\p{C}]+$/u;
const SEPARATOR = ":";

/** A source's slug: lower-case words joined by hyphens, at most 64 characters. */
export const SourceId = z
  .string()
  .max(MAX_SOURCE_ID)
  .regex(SOURCE_ID, "must be lower-case words joined by hyphens, like tfl-jamcam");
export type SourceId = z.infer<typeof SourceId>;

/** What the origin calls a camera, without the source's prefix; at most 200 printable characters, no white space. */
export const RawCameraId = z
  .string()
  .min(1)
  .max(MAX_RAW_ID)
  .regex(RAW_ID, "must be printable characters without white space");
export type RawCameraId = z.infer<typeof RawCameraId>;

/** `<source_id>:<raw_id>`. A raw id may itself hold colons; the first one separates. */
export const CameraId = z
  .string()
  .max(MAX_SOURCE_ID + SEPARATOR.length + MAX_RAW_ID)
  .refine((id) => splitCameraId(id) !== null, "must be <source_id>:<raw_id>, like tfl-jamcam:00001.07450");
export type CameraId = z.infer<typeof CameraId>;

/**
 * Puts the source's prefix before a raw id.
 * @throws ArgusError ARGUS_ID_INVALID when either part is malformed.
 */
export function cameraId(sourceId: string, rawId: string): CameraId {
  if (!SourceId.safeParse(sourceId).success || !RawCameraId.safeParse(rawId).success) {
    throw new ArgusError(
      "ARGUS_ID_INVALID",
      `no camera id can be made of source "${sourceId.slice(0, MAX_SOURCE_ID)}" and raw id "${rawId.slice(0, MAX_RAW_ID)}"`,
    );
  }
  return sourceId + SEPARATOR + rawId;
}

/** A collection's id: a UUID, given by the store. */
export const CollectionId = z.uuid();
export type CollectionId = z.infer<typeof CollectionId>;

/** A saved wall's id: a UUID, given by the store. */
export const WallId = z.uuid();
export type WallId = z.infer<typeof WallId>;

/** The two parts of a camera id, or null when it is not one. */
export function splitCameraId(id: string): { source_id: SourceId; raw_id: RawCameraId } | null {
  const at = id.indexOf(SEPARATOR);
  if (at < 1) return null;
  const source_id = id.slice(0, at);
  const raw_id = id.slice(at + SEPARATOR.length);
  return SourceId.safeParse(source_id).success && RawCameraId.safeParse(raw_id).success ? { source_id, raw_id } : null;
}
