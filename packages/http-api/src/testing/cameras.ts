import type { Camera, Scrape, SourceDetails, SourceInfo } from "@argus/core";

const SEEN_AT = "2026-11-21T08:00:00.000Z";

/** A whole camera; tests name what they are about. */
export function makeCamera(fields: Partial<Camera> = {}): Camera {
  return {
    id: "demo:1",
    source_id: "demo",
    name: "A1 at Holloway",
    description: null,
    lat: 51.55,
    lon: -0.12,
    country: "GB",
    region: null,
    city: "London",
    heading_deg: null,
    stream_url: "http://demo.argus.invalid/cameras/1/stream.mjpg",
    stream_kind: "mjpeg",
    snapshot_url: "http://demo.argus.invalid/cameras/1/snapshot.jpg",
    page_url: null,
    refresh_s: null,
    tags: [],
    manufacturer: null,
    attribution: "Example",
    licence: "CC0-1.0",
    terms_url: null,
    first_seen_at: SEEN_AT,
    last_seen_at: SEEN_AT,
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

export function makeScrape(fields: Partial<Scrape> = {}): Scrape {
  return { id: "s1", state: "running", sources: [], started_at: SEEN_AT, finished_at: null, ...fields };
}

export function makeSource(fields: Partial<SourceInfo> = {}): SourceInfo {
  return {
    id: "demo",
    name: "Demo",
    description: "Cameras that are drawn",
    region: null,
    enabled_by_default: true,
    required_env: [],
    missing_env: [],
    attribution: "Argus",
    licence: "CC0-1.0",
    terms_url: null,
    package: "argus-source-demo",
    version: "0.1.0",
    enabled: false,
    needs_notice: false,
    state: "ready",
    message: null,
    last_failure: null,
    camera_count: 1,
    last_scrape: null,
    next_run_at: null,
    ...fields,
  };
}

export function makeSourceDetails(fields: Partial<SourceDetails> = {}): SourceDetails {
  return {
    ...makeSource(),
    interval_s: 3600,
    failures: 0,
    can_resolve: false,
    notice: null,
    held: null,
    options: { schema: { type: "object", properties: {} }, values: {}, fixed: [], secrets: [] },
    ...fields,
  };
}
