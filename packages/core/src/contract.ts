// What a source and the process it runs in need. Making schemas takes time and memory, and each of those processes makes
// its own, so the schemas of records and answers are not among them.
export type { CameraInput, ListedCamera } from "./camera.ts";
export { Bbox, bboxContains, isNullIsland } from "./coordinates.ts";
export { countryCode } from "./countries.ts";
export * from "./errors.ts";
export * from "./invalid.ts";
export * from "./log.ts";
export * from "./source-manifest.ts";
export { HttpUrl } from "./url.ts";
