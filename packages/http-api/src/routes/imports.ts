import {
  ImportCounts,
  ImportField,
  ImportFormat,
  ImportOptions,
  ImportPreview,
  OwnSourceId,
  parseOrThrow,
} from "@argus/core";
import { z } from "zod";

import { fileBody, fileOf } from "../bodies.ts";
import type { Api } from "../options.ts";
import { readParams } from "../params.ts";
import type { Parameter, Route } from "../route.ts";
import { closeSignal } from "../sending.ts";
import type { MappedCode } from "../status-codes.ts";

const TAG = "imports";
const FILE_TYPES = ["text/csv", "application/geo+json", "application/json", "application/octet-stream"];
const FILES = { limit: "32mb", atOnce: 2 };
const COLUMN = /^(?<field>[a-z_]+):(?<column>.+)$/su;

const Column = z.string().regex(COLUMN, "must be field:column, like lat:Breite");
const Columns = z
  .union([Column.transform((column) => [column]), z.array(Column)])
  .transform((columns) => Object.fromEntries(columns.map(readColumn)));
const FileParams = z.strictObject({
  format: ImportFormat.optional(),
  source_id: OwnSourceId.optional(),
  attribution: z.string().optional(),
  licence: z.string().optional(),
  column: Columns.optional(),
});
const AgreedParams = FileParams.extend({
  digest: z.string().regex(/^[0-9a-f]{64}$/u, "must be the preview's digest"),
  skip_bad: z.literal("yes").optional(),
});

const FILE_PARAMETERS: readonly Parameter[] = [
  {
    name: "format",
    in: "query",
    schema: ImportFormat,
    description: "Found out by the file's beginning when left out.",
  },
  {
    name: "source_id",
    in: "query",
    schema: OwnSourceId,
    description: "`own`, which it is when left out, or a slug that begins with `own-`.",
  },
  { name: "attribution", in: "query", schema: z.string(), description: "The credit of rows that name none." },
  { name: "licence", in: "query", schema: z.string(), description: "The licence of rows that name none." },
  {
    name: "column",
    in: "query",
    schema: z.array(Column),
    description: `\`field:column\`, where a column's name does not tell its field: ${ImportField.options.join(", ")}.`,
  },
];
const FILE_ERRORS: readonly MappedCode[] = [
  "ARGUS_IMPORT_UNREADABLE",
  "ARGUS_IMPORT_TOO_LARGE",
  "ARGUS_QUERY_INVALID",
  "ARGUS_REQUEST_CONTENT_TYPE",
  "ARGUS_REQUEST_TOO_LARGE",
  "ARGUS_UPLOADS_BUSY",
];

/** Bringing one's own cameras along, from CSV and GeoJSON files: first a preview, then what was previewed. */
export function importRoutes(api: Api): Route[] {
  const before = fileBody(FILE_TYPES, FILES);
  return [
    { ...previewRoute(api), before },
    { ...storeRoute(api), before },
  ];
}

function previewRoute(api: Api): Route {
  return {
    method: "post",
    path: "/api/imports/preview",
    operationId: "previewImport",
    tag: TAG,
    summary: "What storing a file of cameras would do; nothing is stored",
    description: "Every bad row is counted, and the first 1000 faults are named. At most 32 MB and 200,000 rows.",
    parameters: FILE_PARAMETERS,
    file: FILE_TYPES,
    answers: { 200: { description: "The preview.", content: { "application/json": ImportPreview } } },
    errors: FILE_ERRORS,
    async handle(request, response) {
      const options = optionsOf(readParams(request, FileParams));
      const signal = closeSignal(response);
      const preview: ImportPreview = await api.store.imports.preview(fileOf(request), options, { signal });
      response.json(preview);
    },
  };
}

function storeRoute(api: Api): Route {
  return {
    method: "post",
    path: "/api/imports",
    operationId: "storeImport",
    tag: TAG,
    summary: "Store a file of cameras that was previewed",
    description:
      "The same file under the same parameters, or it is refused. In one transaction; cameras that are stored already and " +
      "not in the file stay.",
    parameters: [
      ...FILE_PARAMETERS,
      { name: "digest", in: "query", required: true, schema: z.string(), description: "The preview's `digest`." },
      {
        name: "skip_bad",
        in: "query",
        schema: z.literal("yes"),
        description: "`yes`: bad rows are left out; otherwise one bad row refuses the file.",
      },
    ],
    file: FILE_TYPES,
    answers: { 200: { description: "What was stored.", content: { "application/json": ImportCounts } } },
    errors: ["ARGUS_IMPORT_DIGEST", "ARGUS_IMPORT_BAD_ROWS", ...FILE_ERRORS],
    async handle(request, response) {
      const { digest, skip_bad, ...params } = readParams(request, AgreedParams);
      const agreed = { digest, skipBad: skip_bad === "yes", signal: closeSignal(response) };
      const counts: ImportCounts = await api.store.imports.store(fileOf(request), optionsOf(params), agreed);
      response.json(counts);
    },
  };
}

function readColumn(column: string): [string, string] {
  const { field = "", column: name = "" } = COLUMN.exec(column)?.groups ?? {};
  return [field, name];
}

/** @throws ArgusError ARGUS_QUERY_INVALID */
function optionsOf({ column: columns, ...params }: z.output<typeof FileParams>): ImportOptions {
  const given = columns === undefined ? params : { ...params, columns };
  return parseOrThrow(ImportOptions, given, "the query", "ARGUS_QUERY_INVALID");
}
