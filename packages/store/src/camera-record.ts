import { Camera, ListedCamera } from "@argus/core";

/** What a source tells about a camera. */
export const LISTED_KEYS: readonly (keyof ListedCamera)[] = Object.keys(ListedCamera.shape) as (keyof ListedCamera)[];
/** Every field, in the order of the schema. */
export const CAMERA_KEYS: readonly (keyof Camera)[] = Object.keys(Camera.shape) as (keyof Camera)[];

// Databases hold UTF-8, which has no half surrogates, and PostgreSQL no NUL: replaced here, so that all hold the same.
function storable(value: ListedCamera[keyof ListedCamera]): unknown {
  if (typeof value === "string") return storableText(value);
  return Array.isArray(value) ? value.map(storableText) : value;
}

/** A text as every database can hold it. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

/** False for a text that no database can hold as it is. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** The listing as every database can hold it. */
export function storableListing(listed: ListedCamera): ListedCamera {
  return Object.fromEntries(LISTED_KEYS.map((key) => [key, storable(listed[key])])) as ListedCamera;
}
