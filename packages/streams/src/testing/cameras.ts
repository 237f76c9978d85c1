import type { Camera } from "@argus/core";

const NOW = "2026-01-01T00:00:00.000Z";

/** A camera of a source called `test`; an MJPEG one unless told otherwise. */
export function cameraOf(fields: Partial<Camera>): Camera {
  return {
    id: "test:1",
    source_id: "test",
    name: "Bridge",
    description: null,
    lat: null,
    lon: null,
    country: null,
    region: null,
    city: null,
    heading_deg: null,
    stream_url: null,
    stream_kind: "mjpeg",
    snapshot_url: null,
    page_url: null,
    refresh_s: null,
    tags: [],
    manufacturer: null,
    attribution: "test",
    licence: "CC0-1.0",
    terms_url: null,
    first_seen_at: NOW,
    last_seen_at: NOW,
    gone_at: null,
    health_status: "unknown",
    health_reason: null,
    health_checked_at: null,
    health_ok_at: null,
    frame_changed_at: null,
    scene_description: null,
    scene_analyzed_at: null,
    intel_brief: null,
    intel_brief_generated_at: null,
    duplicate_of: null,
    ...fields,
  };
}
