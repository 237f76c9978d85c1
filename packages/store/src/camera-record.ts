import { Camera, type IsoTime, ListedCamera } from "@argus/core";

/** What a source tells about a camera. */
export const LISTED_KEYS: readonly (keyof ListedCamera)[] = Object.keys(ListedCamera.shape) as (keyof ListedCamera)[];
/** Every field, in the order of the schema. */
export const CAMERA_KEYS: readonly (keyof Camera)[] = Object.keys(Camera.shape) as (keyof Camera)[];

/*
 * Every camera in the index is a copy of this one. JavaScript engines give an object built key by key in a loop the
 * slow form of a dictionary; a copied literal keeps the fast one, and all cameras share it.
 */
const BLANK: Camera = {
  id: "",
  source_id: "",
  name: "",
  description: null,
  lat: null,
  lon: null,
  country: null,
  region: null,
  city: null,
  heading_deg: null,
  stream_url: null,
  stream_kind: "page",
  snapshot_url: null,
  page_url: null,
  refresh_s: null,
  tags: [],
  manufacturer: null,
  attribution: "",
  licence: "",
  terms_url: null,
  first_seen_at: "",
  last_seen_at: "",
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
};

/** A camera made of fields that `read` gives. */
export function buildCamera(read: (key: keyof Camera) => unknown): Camera {
  const camera: Record<keyof Camera, unknown> = { ...BLANK };
  for (const key of CAMERA_KEYS) camera[key] = read(key);
  return camera as Camera;
}

/** A camera nobody has seen before. */
export function newCamera(listed: ListedCamera, now: IsoTime): Camera {
  return { ...relist(BLANK, listed, now), first_seen_at: now };
}

/** A known camera as its source tells it now; what health checks and AI know of it stays. */
export function relist(camera: Camera, listed: ListedCamera, seenAt: IsoTime): Camera {
  const copy: Record<keyof Camera, unknown> = { ...camera, last_seen_at: seenAt, gone_at: null };
  for (const key of LISTED_KEYS) copy[key] = storable(listed[key]);
  return copy as Camera;
}

/** The caller's copy: what it does to it does not reach the index. */
export function copyCamera(camera: Camera): Camera {
  return { ...camera, tags: [...camera.tags] };
}

/** Whether a source tells the same of both. */
export function sameListing(a: ListedCamera, b: ListedCamera): boolean {
  return LISTED_KEYS.every((key) => (key === "tags" ? sameTags(a.tags, b.tags) : a[key] === b[key]));
}

function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag, at) => tag === b[at]);
}

// Databases hold UTF-8, which has no half surrogates, and PostgreSQL no NUL: replaced here, so that all hold the same.
function storable(value: ListedCamera[keyof ListedCamera]): unknown {
  if (typeof value === "string") return storableText(value);
  return Array.isArray(value) ? value.map(storableText) : value;
}

/** A text as every database can hold it. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

/** The listing as it can be stored; itself when nothing stands in the way. */
export function storableListing(listed: ListedCamera): ListedCamera {
  if (LISTED_KEYS.every((key) => isStorable(listed[key]))) return listed;
  return Object.fromEntries(LISTED_KEYS.map((key) => [key, storable(listed[key])])) as ListedCamera;
}

function isStorable(value: ListedCamera[keyof ListedCamera]): boolean {
  if (typeof value === "string") return isStorableText(value);
  return !Array.isArray(value) || value.every(isStorableText);
}

function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
