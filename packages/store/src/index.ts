export { CameraStore, openStore, type StoreOptions } from "./camera-store.ts";
export type { CameraPage, Extent, Neighbour } from "./registry/camera-queries.ts";
export type { UpsertCounts } from "./registry/change.ts";
export { CameraImports, type AgreedImport, type ImportTarget } from "./import/camera-imports.ts";
export {
  type CompareCameras,
  type ComparedCounts,
  previewImport,
  type PreviewContext,
} from "./import/preview-import.ts";
export { Personal } from "./personal/personal.ts";
export type { PartQuery, PersonalEngine, Unchanged } from "./personal/personal-engine.ts";
export type { PersonalFilter } from "./personal/personal-filter.ts";
