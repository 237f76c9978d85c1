import { z } from "zod";

import { Camera } from "./camera.ts";
import { Bbox, Latitude, Longitude } from "./coordinates.ts";

/** The body of every answer that is an error. `code` is stable; `message` is for people. */
export const ErrorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** Machine-readable particulars, where there are any. */
    details: z.unknown().optional(),
  }),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

/** Whether the server can do its work. */
export const Health = z.object({
  status: z.enum(["ready", "not_ready"]),
  version: z.string(),
  /** Seconds since the server started. */
  uptime_s: z.number().nonnegative(),
  store: z.object({
    engine: z.string(),
    /** Cameras that are not gone. */
    cameras: z.int().nonnegative(),
  }),
});
export type Health = z.infer<typeof Health>;

/** One page of cameras, in the order the query asked for. */
export const CameraPage = z.object({
  cameras: z.array(Camera),
  /** How many the filter selects in all. */
  total: z.int().nonnegative(),
  /** What the next page's query gives as `cursor`; null on the last page. */
  next_cursor: z.string().nullable(),
});
export type CameraPage = z.infer<typeof CameraPage>;

/** The other cameras that show the same view as one, the one that stands for them first; empty where there are none. */
export const DuplicatesAnswer = z.object({ cameras: z.array(Camera) });
export type DuplicatesAnswer = z.infer<typeof DuplicatesAnswer>;

/** A camera as a GeoJSON feature (RFC 7946); the geometry is null while the position is unknown. */
export const CameraFeature = z.object({
  type: z.literal("Feature"),
  id: z.string(),
  geometry: z.object({ type: z.literal("Point"), coordinates: z.tuple([Longitude, Latitude]) }).nullable(),
  /** All fields of the camera, or those the call named. */
  properties: Camera.partial(),
});
export type CameraFeature = z.infer<typeof CameraFeature>;

export const CameraFeatureCollection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(CameraFeature),
});
export type CameraFeatureCollection = z.infer<typeof CameraFeatureCollection>;

/** Where the cameras of a filter are. */
export const CameraExtent = z.object({
  /** The smallest box that holds them, across the antimeridian where that is smaller; null when no position is known. */
  bbox: Bbox.nullable(),
  /** How many of them have a position. */
  located: z.int().nonnegative(),
});
export type CameraExtent = z.infer<typeof CameraExtent>;

/** Cameras written since a place in the registry's history, oldest change first, each as it is now; gone ones too. */
export const CameraChanges = z.object({
  cameras: z.array(Camera),
  /** What the next question gives as `since`. */
  next: z.string(),
  /** Whether there are more already: ask again at once. */
  more: z.boolean(),
});
export type CameraChanges = z.infer<typeof CameraChanges>;
