import { isArgusError } from "@argus/core/contract";
import { z } from "zod";

import { formatChanged, reportedError } from "./errors.ts";
import { featureRow, type FeatureRow, isRecord } from "./feature-row.ts";
import { pagesOf } from "./pages-of.ts";
import type { PositionOptions } from "./position.ts";
import type { ScrapeContext } from "./source.ts";

const DEFAULT_PAGE_SIZE = 1000;
const DEFAULT_MAX_PAGES = 1000;
/** Few enough for a query string. */
const IDS_AT_A_TIME = 100;
const BAD_REQUEST = 400;
const TRAILING_SLASHES = /\/+$/u;

export type FeatureServerOptions = PositionOptions & {
  /** Default: `1=1`, everything. */
  where?: string;
  /** Default: all. */
  outFields?: readonly string[];
  /** Rows asked for at a time; the layer may give fewer. Default: 1000. */
  pageSize?: number;
  /** Default: 1000. */
  maxPages?: number;
  headers?: Readonly<Record<string, string>>;
};

export type FeatureServerContext = Pick<ScrapeContext, "http" | "signal" | "progress" | "partial" | "log">;

// https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/
const Answer = z.object({
  features: z.array(z.unknown()).optional(),
  exceededTransferLimit: z.boolean().optional().catch(undefined),
  objectIdFieldName: z.string().nullish().catch(null),
  objectIds: z.array(z.int()).nullish().catch(null),
  spatialReference: z.unknown().optional(),
  error: z
    .object({ code: z.number().catch(0), message: z.string().catch(""), details: z.array(z.unknown()).catch([]) })
    .optional(),
});
type Answer = z.infer<typeof Answer>;
type Query = (particulars: Record<string, string | number | boolean>) => Promise<Answer>;

/**
 * All rows of a layer of an ArcGIS server (`…/FeatureServer/0`, `…/MapServer/0`), their places in WGS 84: page by page,
 * and for layers that know no pages by their object ids.
 * @throws ArgusError as `ctx.http.json` does, and ARGUS_SOURCE_HTTP_STATUS for the errors that ArcGIS reports with status 200.
 */
export async function readFeatureServer(
  ctx: FeatureServerContext,
  layerUrl: string,
  options: FeatureServerOptions = {},
): Promise<FeatureRow[]> {
  const query = queryOf(ctx, `${layerUrl.replace(TRAILING_SLASHES, "")}/query`, options);
  try {
    return await readPages(ctx, query, options);
  } catch (error) {
    if (!isBadRequest(error)) throw error;
    ctx.log.info("the layer refuses pages, and is asked for all at once", { url: layerUrl });
    return await readWhole(ctx, query, options);
  }
}

function queryOf(
  ctx: FeatureServerContext,
  url: string,
  { where, outFields, headers = {} }: FeatureServerOptions,
): Query {
  const search = {
    where: where ?? "1=1",
    outFields: outFields?.join(",") ?? "*",
    outSR: 4326,
    returnGeometry: true,
    f: "json",
  };
  return async (particulars) => {
    const answer = await ctx.http.json(url, Answer, { headers, search: { ...search, ...particulars } });
    if (answer.error === undefined) return answer;
    const { code, message, details } = answer.error;
    throw reportedError(url, code, [message, ...details.map(String)].filter((text) => text !== "").join("; "));
  };
}

async function readPages(
  ctx: FeatureServerContext,
  query: Query,
  options: FeatureServerOptions,
): Promise<FeatureRow[]> {
  const { pageSize = DEFAULT_PAGE_SIZE, maxPages = DEFAULT_MAX_PAGES } = options;
  const rows: FeatureRow[] = [];
  const read = async () => {
    const answer = await query({ resultOffset: rows.length, resultRecordCount: pageSize });
    const page = rowsOf(answer, options);
    return { rows: page, more: answer.exceededTransferLimit ?? page.length >= pageSize };
  };
  // A layer is one of several steps more often than not: its pages only say what is being done.
  const progress: ScrapeContext["progress"] = ({ message }) =>
    message === undefined ? undefined : ctx.progress({ message });
  for await (const page of pagesOf({ ...ctx, progress }, { by: "page", read, maxPages }))
    rows.push(...(page as FeatureRow[]));
  return rows;
}

/** The first answer holds everything, or as much as the server gives at a time: then the rest goes by object ids. */
async function readWhole(
  ctx: FeatureServerContext,
  query: Query,
  options: FeatureServerOptions,
): Promise<FeatureRow[]> {
  const whole = await query({});
  if (whole.exceededTransferLimit !== true) return rowsOf(whole, options);
  const { objectIds } = await query({ returnIdsOnly: true });
  if (!objectIds) throw formatChanged("the layer", "it gives neither pages nor object ids");
  const rows: FeatureRow[] = [];
  for (let at = 0; at < objectIds.length; at += IDS_AT_A_TIME) {
    ctx.progress({ message: `rows from ${at + 1} of ${objectIds.length}` });
    const answer = await query({ objectIds: objectIds.slice(at, at + IDS_AT_A_TIME).join(",") });
    rows.push(...rowsOf(answer, options));
  }
  return rows;
}

function rowsOf({ features, objectIdFieldName, spatialReference }: Answer, position: PositionOptions): FeatureRow[] {
  if (features === undefined) throw formatChanged("the layer's answer", "it has no features");
  return features.map((feature) => {
    const { attributes, geometry } = isRecord(feature) ? feature : {};
    const properties = isRecord(attributes) ? attributes : {};
    const id = properties[objectIdFieldName ?? "OBJECTID"];
    return featureRow({ id, properties, geometry, reference: spatialReference }, position);
  });
}

function isBadRequest(error: unknown): boolean {
  if (!isArgusError(error) || error.code !== "ARGUS_SOURCE_HTTP_STATUS") return false;
  return isRecord(error.details) && error.details["status"] === BAD_REQUEST;
}
