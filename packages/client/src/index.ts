export {
  createArgusClient,
  type ArgusClient,
  type ArgusClientOptions,
  type CameraCollection,
  type CameraField,
  type ExportFormat,
  type GeojsonOptions,
} from "./client.ts";
export { writeCameraParams } from "./camera-params.ts";
export { ArgusClientError } from "./errors.ts";
export type { CallOptions, Fetch } from "./http.ts";
export type { ImportCalls } from "./import-calls.ts";
export type { PartOptions, PersonalCalls, UnchangedOptions } from "./personal-calls.ts";
export type { ChangesOptions, MapCalls } from "./map-calls.ts";
export type { SourceCalls } from "./source-calls.ts";
export type { ScrapeEventsOptions } from "./scrape-events.ts";
