import {
  ArgusClientError,
  createArgusClient,
  type ArgusClient,
  type ExportFormat,
  type ImportCalls,
  type PersonalCalls,
  type SourceCalls,
} from "@argus/client";
import type { CameraFilter } from "@argus/core";

export const EXPORT_FORMATS = ["geojson", "csv", "kml", "ndjson"] as const satisfies readonly ExportFormat[];

/** A square of the map, as web maps count them. */
export type TileAddress = { z: number; x: number; y: number };
/** A vector tile; two with the same `etag`, where there is one, are the same. */
export type TileData = { data: ArrayBuffer; etag?: string };

/** Every call the page makes; nothing else of it talks to a server. */
export type Api = Pick<
  ArgusClient,
  | "health"
  | "cameras"
  | "camera"
  | "duplicates"
  | "facets"
  | "startScrape"
  | "cancelScrape"
  | "currentScrape"
  | "scrapes"
  | "scrapeEvents"
  | "streamUrl"
  | "snapshotUrl"
  | "exportUrl"
  | "extent"
  | keyof PersonalCalls
  | keyof ImportCalls
  | keyof SourceCalls
> & {
  /** A vector tile of a filter's cameras. */
  tile(tile: TileAddress, filter: CameraFilter, signal: AbortSignal): Promise<TileData>;
  /** Why a stream does not play: its error, or null when the server would play it. */
  explainStream(id: string, signal: AbortSignal): Promise<Error | null>;
};

export function createApi(
  client: ArgusClient = createArgusClient(),
  fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
): Api {
  return {
    ...client,
    tile: async ({ z, x, y }, filter, signal) => {
      const template = client.tileUrlTemplate(filter);
      const url = template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
      const response = await answerOf(() => fetch(url, { signal }), signal);
      const tag = response.headers.get("etag");
      // The server's tag is for one URL; the map keeps one tile for all filters.
      return { data: await response.arrayBuffer(), ...(tag === null ? {} : { etag: `${url} ${tag}` }) };
    },
    explainStream: async (id, signal) => {
      const left = new AbortController();
      const either = AbortSignal.any([signal, left.signal]);
      try {
        await answerOf(() => fetch(client.streamUrl(id), { signal: either }), signal, "ARGUS_STREAM_STATUS");
        return null;
      } catch (error) {
        if (error instanceof ArgusClientError && error.status > 0) return error;
        throw error;
      } finally {
        left.abort();
      }
    },
  };
}

/**
 * An answer that is fine.
 * @throws ArgusClientError with the server's reason and code, `unnamed` where it gave none; the signal's reason.
 */
async function answerOf(
  call: () => Promise<Response>,
  signal: AbortSignal,
  unnamed: `ARGUS_${Uppercase<string>}` = "ARGUS_CLIENT_ANSWER_INVALID",
): Promise<Response> {
  let response: Response;
  try {
    response = await call();
  } catch (cause) {
    signal.throwIfAborted();
    throw new ArgusClientError("ARGUS_CLIENT_UNREACHABLE", "the Argus server does not answer", { cause });
  }
  if (response.ok) return response;
  throw await errorOf(response, unnamed);
}

async function errorOf(response: Response, unnamed: `ARGUS_${Uppercase<string>}`): Promise<ArgusClientError> {
  const answer: unknown = await response.json().catch(() => null);
  const error = (answer as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  const code = typeof error?.code === "string" && error.code.startsWith("ARGUS_") ? error.code : unnamed;
  const message = typeof error?.message === "string" ? error.message : `the server answered ${response.status}`;
  return new ArgusClientError(code as typeof unnamed, message, { status: response.status });
}

/** A JSON file that belongs to the page itself. @throws Error naming the file and the status. */
export async function fetchAsset<Content>(url: string, signal: AbortSignal): Promise<Content> {
  const response = await globalThis.fetch(url, { signal });
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}; the page may have been updated: load it again`);
  return (await response.json()) as Content;
}
