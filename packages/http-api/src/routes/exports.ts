import { createHash, randomUUID } from "node:crypto";

import { type Camera, CameraFeatureCollection, isoNow } from "@argus/core";
import type { Request, Response } from "express";
import { z } from "zod";

import { FILTER_PARAMETERS } from "../camera-parameters.ts";
import { inBatches } from "../exports/batches.ts";
import { writeCsv } from "../exports/csv.ts";
import { writeGeojson } from "../exports/geojson.ts";
import { writeKml } from "../exports/kml.ts";
import { writeNdjson } from "../exports/ndjson.ts";
import type { Api } from "../options.ts";
import { paramsOf, readFields, readFilter } from "../params.ts";
import type { Parameter, Route } from "../route.ts";
import { closeSignal, send } from "../sending.ts";

const ISO_DATE_CHARS = 10;
const TAG_CHARS = 27;

type Write = (cameras: AsyncIterable<Camera>, params: URLSearchParams) => AsyncIterable<string>;
type Format = { extension: string; title: string; mediaType: string; schema: z.ZodType | null; write: Write };

const FORMATS: readonly Format[] = [
  {
    extension: "geojson",
    title: "GeoJSON (RFC 7946)",
    mediaType: "application/geo+json",
    schema: CameraFeatureCollection,
    write: (cameras, params) => writeGeojson(cameras, readFields(params)),
  },
  { extension: "csv", title: "CSV (RFC 4180)", mediaType: "text/csv; charset=utf-8", schema: null, write: writeCsv },
  {
    extension: "kml",
    title: "KML 2.2",
    mediaType: "application/vnd.google-earth.kml+xml; charset=utf-8",
    schema: null,
    write: writeKml,
  },
  {
    extension: "ndjson",
    title: "newline-delimited JSON",
    mediaType: "application/x-ndjson",
    schema: null,
    write: writeNdjson,
  },
];

const FIELDS_PARAMETER: Parameter = {
  name: "fields",
  in: "query",
  explode: false,
  schema: z.array(z.string()),
  description: "The camera fields each feature's properties hold, with commas: `id,name,country`. All when left out.",
};

/** Every camera a filter selects, in the formats other programs read; of any number, in flat memory. */
export function exportRoutes(api: Api): Route[] {
  // A store that counts from the start again after a restart must not confirm what a client got before it.
  const boot = randomUUID();
  return FORMATS.map((format): Route => {
    const isGeojson = format.extension === "geojson";
    return {
      method: "get",
      path: `/api/cameras.${format.extension}`,
      operationId: `exportCameras${format.extension[0]?.toUpperCase()}${format.extension.slice(1)}`,
      tag: "exports",
      summary: `Every camera a filter selects, as ${format.title}`,
      parameters: isGeojson ? [...FILTER_PARAMETERS, FIELDS_PARAMETER] : FILTER_PARAMETERS,
      answers: {
        200: { description: "The cameras.", content: { [format.mediaType.split(";")[0] ?? ""]: format.schema } },
        304: { description: "Nothing changed since the answer the client has." },
      },
      errors: ["ARGUS_QUERY_INVALID"],
      handle: (request, response) => sendExport({ api, boot, format }, request, response),
    };
  });
}

type Export = { api: Api; boot: string; format: Format };

async function sendExport({ api, boot, format }: Export, request: Request, response: Response): Promise<void> {
  const params = paramsOf(request);
  const filter = readFilter(filterParamsOf(format, params));
  const tag = tagOf(boot, api.store.changeSequence, request.originalUrl);
  const cameras = api.store.each(filter, { signal: closeSignal(response) });
  const chunks = inBatches(format.write(cameras, params));
  setHead(response, format, { tag, date: isoNow(api.clock).slice(0, ISO_DATE_CHARS) });
  if (request.fresh) response.status(304).end();
  else if (request.method === "HEAD") response.end();
  else await sendChunks(response, chunks);
}

function filterParamsOf(format: Format, params: URLSearchParams): URLSearchParams {
  const filterParams = new URLSearchParams(params);
  if (format.extension === "geojson") filterParams.delete("fields");
  return filterParams;
}

async function sendChunks(response: Response, chunks: AsyncGenerator<string, void, undefined>): Promise<void> {
  try {
    await send(response, await startedChunks(chunks));
  } finally {
    // Where the client went before the first chunk was taken, nobody else closes the store's iteration.
    await chunks.return();
  }
}

function setHead(response: Response, format: Format, { tag, date }: { tag: string; date: string }): void {
  response.setHeader("Content-Type", format.mediaType);
  response.setHeader("Content-Disposition", `attachment; filename="argus-cameras-${date}.${format.extension}"`);
  response.setHeader("ETag", tag);
}

/** Weak, for the same cameras may be compressed differently. */
function tagOf(boot: string, changeSequence: number, url: string): string {
  const hash = createHash("sha256").update(`${boot} ${changeSequence} ${url}`).digest("base64url");
  return `W/"${hash.slice(0, TAG_CHARS)}"`;
}

/** The same chunks, the first already there: a failure before anything was sent is still a proper error answer. */
async function startedChunks(chunks: AsyncGenerator<string, void, undefined>): Promise<AsyncIterable<string>> {
  const first = await chunks.next();
  return (async function* () {
    if (first.done !== true) yield first.value;
    yield* chunks;
  })();
}
