import {
  ArgusClientError,
  createArgusClient,
  type ArgusClient,
  type CameraField,
  type ExportFormat,
} from "@argus/client";
import type { CameraFilter } from "@argus/core";

/** The fields a camera carries on the map; the rest is asked for when it is opened. */
const MAP_FIELDS = [
  "id",
  "name",
  "source_id",
  "stream_kind",
  "country",
  "city",
  "health_status",
] as const satisfies readonly CameraField[];
export const EXPORT_FORMATS = ["geojson", "csv", "kml", "ndjson"] as const satisfies readonly ExportFormat[];

const WHOLE_WORLD: NonNullable<CameraFilter["bbox"]> = [-180, -90, 180, 90];

/** Every call the page makes; nothing else of it talks to a server. */
export type Api = Pick<
  ArgusClient,
  | "health"
  | "sources"
  | "cameras"
  | "camera"
  | "facets"
  | "startScrape"
  | "cancelScrape"
  | "currentScrape"
  | "scrapes"
  | "scrapeEvents"
  | "streamUrl"
  | "snapshotUrl"
  | "exportUrl"
> & {
  /** How many cameras of a filter have a position. */
  countLocated(filter: CameraFilter, signal: AbortSignal): Promise<number>;
  /** GeoJSON of the filter's located cameras, with `MAP_FIELDS`. */
  mapUrl(filter: CameraFilter): string;
  /** Why a stream does not play: its error, or null when the server would play it. */
  explainStream(id: string, signal: AbortSignal): Promise<Error | null>;
};

export function createApi(
  client: ArgusClient = createArgusClient(),
  fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
): Api {
  return {
    ...client,
    countLocated: async (filter, signal) => (await client.cameras({ ...located(filter), limit: 1 }, { signal })).total,
    mapUrl: (filter) => client.geojsonUrl(located(filter), { fields: MAP_FIELDS }),
    explainStream: async (id, signal) => {
      const left = new AbortController();
      try {
        const response = await fetch(client.streamUrl(id), { signal: AbortSignal.any([signal, left.signal]) });
        return response.ok ? null : await streamError(response);
      } catch (error) {
        signal.throwIfAborted();
        throw new ArgusClientError("ARGUS_CLIENT_UNREACHABLE", "the Argus server does not answer", { cause: error });
      } finally {
        left.abort();
      }
    },
  };
}

/** The filter, narrowed to cameras that have a position. */
function located(filter: CameraFilter): CameraFilter {
  return { ...filter, bbox: filter.bbox ?? WHOLE_WORLD };
}

async function streamError(response: Response): Promise<Error> {
  const answer: unknown = await response.json().catch(() => null);
  const error = (answer as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  const code = typeof error?.code === "string" && error.code.startsWith("ARGUS_") ? error.code : "ARGUS_STREAM_STATUS";
  const message = typeof error?.message === "string" ? error.message : `the server answered ${response.status}`;
  return new ArgusClientError(code as `ARGUS_${Uppercase<string>}`, message, { status: response.status });
}

/** A JSON file that belongs to the page itself. @throws Error naming the file and the status. */
export async function fetchAsset<Content>(url: string, signal: AbortSignal): Promise<Content> {
  const response = await globalThis.fetch(url, { signal });
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}; the page may have been updated: load it again`);
  return (await response.json()) as Content;
}
