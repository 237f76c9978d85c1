import { z } from "zod";

import { isNullIsland, Latitude, Longitude } from "./coordinates.ts";
import { CountryCode } from "./countries.ts";
import { CameraId, RawCameraId, SourceId } from "./ids.ts";
import { IsoTime } from "./time.ts";
import { HttpUrl } from "./url.ts";

const MAX_NAME = 300;
const MAX_PLACE = 120;
const MAX_DESCRIPTION = 2000;
const MAX_CREDIT = 500;
const MAX_TAG = 60;
const MAX_TAGS = 32;
const MAX_REFRESH_S = 86_400;
const MAX_REASON = 300;
const MAX_GENERATED_TEXT = 20_000;

/** The format of a camera's moving picture. `jpeg` is a still that the origin replaces; `page` can only be linked to. */
export const StreamKind = z.enum(["mjpeg", "jpeg", "hls", "mp4", "rtsp", "page"]);
export type StreamKind = z.infer<typeof StreamKind>;

/** The measured truth about a camera. */
export const HealthStatus = z.enum(["unknown", "live", "stale", "frozen", "placeholder", "offline", "blocked"]);
export type HealthStatus = z.infer<typeof HealthStatus>;

const text = (max: number) => z.string().trim().min(1).max(max);
const Tag = text(MAX_TAG);

/** What a scrape tells about a camera: the fields a source owns and a later scrape may replace. */
const listed = {
  name: text(MAX_NAME),
  description: text(MAX_DESCRIPTION).nullable(),
  /** WGS 84 degrees; null when unknown. */
  lat: Latitude.nullable(),
  /** WGS 84 degrees; null when unknown. */
  lon: Longitude.nullable(),
  country: CountryCode.nullable(),
  region: text(MAX_PLACE).nullable(),
  city: text(MAX_PLACE).nullable(),
  /** Where the camera looks: degrees clockwise from north. */
  heading_deg: z.number().min(0).lt(360).nullable(),
  /** The moving picture, in the format `stream_kind` names. */
  stream_url: HttpUrl.nullable(),
  stream_kind: StreamKind,
  /** A still; null when the stream itself is one. */
  snapshot_url: HttpUrl.nullable(),
  page_url: HttpUrl.nullable(),
  /** Seconds between two pictures of the origin; null when unknown. */
  refresh_s: z.number().positive().max(MAX_REFRESH_S).nullable(),
  tags: z.array(Tag).max(MAX_TAGS),
  manufacturer: text(MAX_PLACE).nullable(),
  /** The credit its owner asks for. */
  attribution: text(MAX_CREDIT),
  /** An SPDX id or the licence's name; `unknown` is allowed. */
  licence: text(MAX_CREDIT),
  terms_url: HttpUrl.nullable(),
};

/** A camera as the host hands it to the store: prefixed and complete, without times, health or AI results. */
export const ListedCamera = z.object({ id: CameraId, source_id: SourceId, ...listed });
export type ListedCamera = z.infer<typeof ListedCamera>;

/** One registry record: the same fields in the database, on the wire and here. */
export const Camera = z.object({
  ...ListedCamera.shape,
  first_seen_at: IsoTime,
  last_seen_at: IsoTime,
  /** When a complete scrape no longer listed it; null while it is listed. */
  gone_at: IsoTime.nullable(),
  health_status: HealthStatus,
  health_reason: z.string().max(MAX_REASON).nullable(),
  health_checked_at: IsoTime.nullable(),
  health_ok_at: IsoTime.nullable(),
  frame_changed_at: IsoTime.nullable(),
  scene_description: z.string().max(MAX_GENERATED_TEXT).nullable(),
  scene_analyzed_at: IsoTime.nullable(),
  intel_brief: z.string().max(MAX_GENERATED_TEXT).nullable(),
  intel_brief_generated_at: IsoTime.nullable(),
  /** The camera of another source that shows the same view and stands for both; null for one that stands for itself. */
  duplicate_of: CameraId.nullable(),
});
export type Camera = z.infer<typeof Camera>;

/** What health checks and AI put on a camera, which no scrape overwrites; what is left out stays as it is. */
export const CameraAnnotation = z.strictObject({
  id: CameraId,
  ...Camera.pick({
    health_status: true,
    health_reason: true,
    health_checked_at: true,
    health_ok_at: true,
    frame_changed_at: true,
    scene_description: true,
    scene_analyzed_at: true,
    intel_brief: true,
    intel_brief_generated_at: true,
  }).partial().shape,
});
export type CameraAnnotation = z.infer<typeof CameraAnnotation>;

/**
 * What a source emits: the origin's own id, no prefix, no times. What is left out is unknown.
 * Position (0, 0) means unknown and becomes null; attribution and licence default to the source's own.
 */
export const CameraInput = z
  .strictObject({
    ...listed,
    id: RawCameraId,
    description: listed.description.optional(),
    lat: listed.lat.optional(),
    lon: listed.lon.optional(),
    country: listed.country.optional(),
    region: listed.region.optional(),
    city: listed.city.optional(),
    heading_deg: listed.heading_deg.optional(),
    stream_url: listed.stream_url.optional(),
    snapshot_url: listed.snapshot_url.optional(),
    page_url: listed.page_url.optional(),
    refresh_s: listed.refresh_s.optional(),
    tags: listed.tags.optional(),
    manufacturer: listed.manufacturer.optional(),
    attribution: listed.attribution.optional(),
    licence: listed.licence.optional(),
    terms_url: listed.terms_url.optional(),
  })
  .superRefine((camera, context) => {
    const lacks = (field: "lat" | "lon" | "stream_url" | "page_url") => (camera[field] ?? null) === null;
    if (lacks("lat") !== lacks("lon")) {
      context.addIssue({ code: "custom", path: ["lat"], message: "lat and lon must be given together" });
    }
    const needed = camera.stream_kind === "page" ? "page_url" : "stream_url";
    if (lacks(needed)) {
      context.addIssue({
        code: "custom",
        path: [needed],
        message: `a camera of kind ${camera.stream_kind} needs ${needed}`,
      });
    }
  });
export type CameraInput = z.input<typeof CameraInput>;

/** The credits a source gives for all of its cameras. */
export type CameraDefaults = Pick<ListedCamera, "attribution" | "licence" | "terms_url">;

/** Completes a parsed input: the prefix, the source's credits, and null for what is unknown. */
export function toListedCamera(
  sourceId: SourceId,
  input: z.output<typeof CameraInput>,
  defaults: CameraDefaults,
): ListedCamera {
  const unknownPosition = isNullIsland(input.lat ?? 0, input.lon ?? 0);
  return {
    id: `${sourceId}:${input.id}`,
    source_id: sourceId,
    name: input.name,
    description: input.description ?? null,
    lat: unknownPosition ? null : (input.lat ?? null),
    lon: unknownPosition ? null : (input.lon ?? null),
    country: input.country ?? null,
    region: input.region ?? null,
    city: input.city ?? null,
    heading_deg: input.heading_deg ?? null,
    stream_url: input.stream_url ?? null,
    stream_kind: input.stream_kind,
    snapshot_url: input.snapshot_url ?? null,
    page_url: input.page_url ?? null,
    refresh_s: input.refresh_s ?? null,
    tags: [...new Set(input.tags)],
    manufacturer: input.manufacturer ?? null,
    attribution: input.attribution ?? defaults.attribution,
    licence: input.licence ?? defaults.licence,
    terms_url: input.terms_url ?? defaults.terms_url,
  };
}
