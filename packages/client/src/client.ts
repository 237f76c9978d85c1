import type {
  Camera,
  CameraFeature,
  CameraFilter,
  CameraPage,
  CameraQuery,
  DuplicatesAnswer,
  Facets,
  Health,
  Scrape,
} from "@argus/core";

import { writeCameraParams } from "./camera-params.ts";
import { callJson, type CallOptions, type Fetch, type Http, search } from "./http.ts";
import { type ImportCalls, importCalls } from "./import-calls.ts";
import { type MapCalls, mapCalls } from "./map-calls.ts";
import { type PersonalCalls, personalCalls } from "./personal-calls.ts";
import { type SourceCalls, sourceCalls } from "./source-calls.ts";
import { scrapeEvents, type ScrapeEventsOptions } from "./scrape-events.ts";

const DEFAULT_TIMEOUT_MS = 60_000;

export type CameraField = keyof Camera;
export type ExportFormat = "geojson" | "csv" | "kml" | "ndjson";

/** GeoJSON of cameras whose features carry the named fields. */
export type CameraCollection<Field extends CameraField = CameraField> = {
  type: "FeatureCollection";
  features: (Omit<CameraFeature, "properties"> & { properties: Pick<Camera, Field> })[];
};

export type GeojsonOptions<Field extends CameraField = CameraField> = CallOptions & {
  /** The camera fields each feature carries; all when left out. */
  fields?: readonly Field[];
};

export type ArgusClientOptions = {
  /** Where the server is, like `http://127.0.0.1:8765`; a page served by it leaves this out. */
  baseUrl?: string;
  fetch?: Fetch;
  /** How long one call may take, in milliseconds; default 60,000. The event stream has no such end. */
  timeoutMs?: number;
};

/** Every call rejects with an ArgusError (`code`, `message`, `retryable`, `details`), or with the signal's reason. */
export type ArgusClient = ImportCalls &
  MapCalls &
  PersonalCalls &
  SourceCalls & {
    /** @throws ARGUS_HEALTH_NOT_READY (retryable) while the server is starting. */
    health(options?: CallOptions): Promise<Health>;
    /** @throws ARGUS_SCRAPE_RUNNING, ARGUS_SCRAPE_BUSY (retryable), ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_UNCONFIGURED, ARGUS_SOURCE_BROKEN */
    startScrape(sourceIds: readonly string[], options?: CallOptions): Promise<Scrape>;
    /** All that runs, as one scrape under the id of the newest that somebody has started; or null. */
    currentScrape(options?: CallOptions): Promise<Scrape | null>;
    /** The last scrapes, newest first; `limit` 1 to 200, default 20. */
    scrapes(limit?: number, options?: CallOptions): Promise<Scrape[]>;
    /**
     * Cancels all that runs and waits for its end; answers the scrape that `currentScrape` named. With `source` that one
     * alone, and the answer is the scrape it is a part of. @throws ARGUS_SCRAPE_NONE
     */
    cancelScrape(options?: CallOptions & { source?: string }): Promise<Scrape>;
    scrapeEvents(options?: ScrapeEventsOptions): AsyncGenerator<Scrape, void, undefined>;
    cameras(query?: CameraQuery, options?: CallOptions): Promise<CameraPage>;
    /** @throws ARGUS_CAMERA_UNKNOWN */
    camera(id: string, options?: CallOptions): Promise<Camera>;
    /** The other cameras that show the same view, the one that stands for them first. @throws ARGUS_CAMERA_UNKNOWN */
    duplicates(id: string, options?: CallOptions): Promise<Camera[]>;
    facets(filter?: CameraFilter, options?: CallOptions): Promise<Facets>;
    geojson<Field extends CameraField = CameraField>(
      filter?: CameraFilter,
      options?: GeojsonOptions<Field>,
    ): Promise<CameraCollection<Field>>;
    /** For `<img src>`: the moving picture. */
    streamUrl(id: string): string;
    /** For `<img src>`: one JPEG. `at` (a time, a counter) makes the URL new, so that an `<img>` loads it again. */
    snapshotUrl(id: string, options?: { at?: string | number }): string;
    exportUrl(format: ExportFormat, filter?: CameraFilter): string;
    geojsonUrl(filter?: CameraFilter, options?: { fields?: readonly CameraField[] }): string;
    scrapeStreamUrl(): string;
  };

/** A client of the Argus server at `baseUrl`. It holds nothing open between calls. */
export function createArgusClient(options: ArgusClientOptions = {}): ArgusClient {
  const http: Http = {
    baseUrl: (options.baseUrl ?? "").replace(/\/+$/u, ""),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
  return {
    ...scrapeCalls(http),
    ...cameraCalls(http),
    ...importCalls(http),
    ...mapCalls(http),
    ...personalCalls(http),
    ...sourceCalls(http),
    ...urls(http.baseUrl),
  };
}

type ScrapeCalls = "health" | "startScrape" | "currentScrape" | "scrapes" | "cancelScrape" | "scrapeEvents";
type CameraCalls = "cameras" | "camera" | "duplicates" | "facets" | "geojson";

function scrapeCalls(http: Http): Pick<ArgusClient, ScrapeCalls> {
  const scrapeOf = async (call: Promise<{ scrape: Scrape }>): Promise<Scrape> => (await call).scrape;
  return {
    health: (options) => callJson(http, "/api/health", options),
    startScrape: (sourceIds, options) =>
      scrapeOf(callJson(http, "/api/scrapes", { ...options, method: "POST", body: { sources: sourceIds } })),
    currentScrape: async (options) =>
      (await callJson<{ scrape: Scrape | null }>(http, "/api/scrapes/current", options)).scrape,
    scrapes: async (limit, options) =>
      (
        await callJson<{ scrapes: Scrape[] }>(
          http,
          `/api/scrapes${limit === undefined ? "" : `?limit=${limit}`}`,
          options,
        )
      ).scrapes,
    cancelScrape: ({ source, ...options } = {}) => {
      const params = new URLSearchParams(source === undefined ? {} : { source });
      return scrapeOf(callJson(http, `/api/scrapes/current${search(params)}`, { ...options, method: "DELETE" }));
    },
    scrapeEvents: (options) => scrapeEvents(http, "/api/scrapes/stream", options),
  };
}

function cameraCalls(http: Http): Pick<ArgusClient, CameraCalls> {
  return {
    cameras: (query = {}, options) => callJson(http, `/api/cameras${search(writeCameraParams(query))}`, options),
    camera: (id, options) => callJson(http, cameraPath(id), options),
    duplicates: async (id, options) =>
      (await callJson<DuplicatesAnswer>(http, `${cameraPath(id)}/duplicates`, options)).cameras,
    facets: (filter = {}, options) => callJson(http, `/api/facets${search(writeCameraParams(filter))}`, options),
    geojson: (filter = {}, { fields, signal } = {}) => callJson(http, geojsonPath(filter, fields), { signal }),
  };
}

function urls(
  baseUrl: string,
): Pick<ArgusClient, "streamUrl" | "snapshotUrl" | "exportUrl" | "geojsonUrl" | "scrapeStreamUrl"> {
  return {
    streamUrl: (id) => `${baseUrl}${cameraPath(id)}/stream`,
    snapshotUrl: (id, { at } = {}) =>
      `${baseUrl}${cameraPath(id)}/snapshot${at === undefined ? "" : `?at=${encodeURIComponent(at)}`}`,
    exportUrl: (format, filter = {}) => `${baseUrl}/api/cameras.${format}${search(writeCameraParams(filter))}`,
    geojsonUrl: (filter = {}, { fields } = {}) => baseUrl + geojsonPath(filter, fields),
    scrapeStreamUrl: () => `${baseUrl}/api/scrapes/stream`,
  };
}

function cameraPath(id: string): string {
  return `/api/cameras/${encodeURIComponent(id)}`;
}

function geojsonPath(filter: CameraFilter, fields: readonly CameraField[] | undefined): string {
  const params = writeCameraParams(filter);
  if (fields !== undefined) params.set("fields", fields.join(","));
  return `/api/cameras.geojson${search(params)}`;
}
