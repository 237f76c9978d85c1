import { type Camera, CameraFeatureCollection, isoNow } from "@argus/core";
import type { Request, Response } from "express";
import { z } from "zod";

import { FILTER_PARAMETERS } from "../camera-parameters.ts";
import { changeTags, endWithoutBody, type TagAnswer } from "../change-tag.ts";
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
  const tagAnswer = changeTags(api.store);
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
      handle: (request, response) => sendExport({ api, tagAnswer, format }, request, response),
    };
  });
}

type Export = { api: Api; tagAnswer: TagAnswer; format: Format };

async function sendExport({ api, tagAnswer, format }: Export, request: Request, response: Response): Promise<void> {
  const params = paramsOf(request);
  const filter = readFilter(filterParamsOf(format, params));
  const chunks = inBatches(format.write(api.store.each(filter, { signal: closeSignal(response) }), params));
  const tag = await tagAnswer(request, filter);
  setHead(response, format, isoNow(api.clock).slice(0, ISO_DATE_CHARS));
  if (!endWithoutBody(request, response, tag)) await sendChunks(response, chunks);
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

function setHead(response: Response, format: Format, date: string): void {
  response.setHeader("Content-Type", format.mediaType);
  response.setHeader("Content-Disposition", `attachment; filename="argus-cameras-${date}.${format.extension}"`);
}

/** The same chunks, the first already there: a failure before anything was sent is still a proper error answer. */
async function startedChunks(chunks: AsyncGenerator<string, void, undefined>): Promise<AsyncIterable<string>> {
  const first = await chunks.next();
  return (async function* () {
    if (first.done !== true) yield first.value;
    yield* chunks;
  })();
}
