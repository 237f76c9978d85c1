export { CameraStore, openStore, type StoreOptions } from "./camera-store.ts";
export type { CameraPage, Extent, Neighbour } from "./registry/camera-queries.ts";
export type { UpsertCounts } from "./registry/registry.ts";
export { CameraImports, type AgreedImport, type ImportTarget } from "./import/camera-imports.ts";
export {
  type CompareCameras,
  type ComparedCounts,
  previewImport,
  type PreviewContext,
} from "./import/preview-import.ts";
export type { LinkCounts } from "./duplicates/link-duplicates.ts";
export { Personal } from "./personal/personal.ts";
export type { PartQuery, PersonalEngine, Unchanged } from "./personal/personal-engine.ts";
export type { PersonalFilter } from "./personal/personal-filter.ts";
export { type SettingsOfSource, SettingsOfSources } from "./settings/settings-of-sources.ts";
export { backupDatabase } from "./maintenance/backup.ts";
export type { Copied, MaintenanceOptions } from "./maintenance/copied.ts";
export { checkDatabase, type DatabaseStats, migrateDatabase, readDatabaseStats } from "./maintenance/inspect.ts";
export { readSourceSettings } from "./maintenance/read-source-settings.ts";
export { restoreDatabase, type Restored, type RestoreOptions } from "./maintenance/restore.ts";
