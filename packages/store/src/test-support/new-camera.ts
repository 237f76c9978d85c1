import type { Camera, IsoTime, ListedCamera } from "@argus/core";

const FOUND_OUT = {
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
} as const;

/** The record of a camera that was listed for the first time. */
export function newCamera(listed: ListedCamera, now: IsoTime): Camera {
  return { ...listed, first_seen_at: now, last_seen_at: now, gone_at: null, ...FOUND_OUT };
}
