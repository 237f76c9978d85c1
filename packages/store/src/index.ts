export { CameraStore, openStore, type StoreOptions } from "./camera-store.ts";
export type { UpsertCounts } from "./change.ts";
export type { CameraPage } from "./page.ts";
