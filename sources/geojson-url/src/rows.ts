import { ArgusError, type CsvRequest, type FeatureRow, geojsonFeatures, type ScrapeContext } from "@argus/source-sdk";
import { z } from "zod";

import { fieldOf, within } from "./field.ts";
import type { List } from "./list.ts";

const CSV_FILE = /\.(?:csv|tsv|txt)(?:\.gz)?$/iu;
const CSV_ASKED = /(?:^|[&?])(?:f|format|outputformat)=(?:text%2f|text\/)?csv(?:&|$)/iu;
const MAX_SHOWN_COLUMNS = 20;

/** The rows of a list's file, whatever its format; those without a geometry have no position yet. */
export async function readList(ctx: Pick<ScrapeContext, "http">, url: URL, list: List): Promise<FeatureRow[]> {
  const charset = list.charset === null ? {} : { charset: list.charset };
  if (isCsv(url, list)) {
    const delimiter: CsvRequest = list.delimiter === null ? {} : { delimiter: list.delimiter };
    return (await ctx.http.csv(url.href, { ...charset, ...delimiter })).map(plainRow);
  }
  const file = await ctx.http.json(url.href, z.unknown(), charset);
  const rows = list.rows === "" ? file : within(file, list.rows);
  if (list.format !== "json") return geojsonFeatures(rows, positionOptions(list));
  if (!Array.isArray(rows))
    throw changed(list, `there is no list of rows${list.rows === "" ? "" : ` at ${list.rows}`}`);
  return rows.map(plainRow);
}

/**
 * That every column which the list names is there in one row at least: a misspelt or renamed one would be taken for empty.
 * @throws ArgusError ARGUS_SOURCE_FORMAT_CHANGED naming the columns there are.
 */
export function checkColumns(rows: readonly FeatureRow[], columns: readonly string[], list: List): void {
  if (rows.length === 0) return;
  const missing = columns.filter((column) => rows.every((row) => fieldOf(row, column) === undefined));
  if (missing.length === 0) return;
  const there = [...new Set(rows.flatMap(({ properties }) => Object.keys(properties)))].slice(0, MAX_SHOWN_COLUMNS);
  throw changed(list, `no row has ${missing.join(", ")}; there are: ${there.join(", ").slice(0, 500)}`);
}

/** What `positionOf` is to know of a list. */
export function positionOptions({ area, epsg }: List) {
  return { ...(area === null ? {} : { areas: [area] }), ...(epsg === null ? {} : { epsg }) };
}

function isCsv({ pathname, search }: URL, { format }: List): boolean {
  return format === "csv" || (format === "auto" && (CSV_FILE.test(pathname) || CSV_ASKED.test(search)));
}

function plainRow(row: unknown): FeatureRow {
  const properties = typeof row === "object" && row !== null ? (row as Record<string, unknown>) : {};
  return { id: null, properties, geometry: null, lat: null, lon: null };
}

function changed(list: List, problem: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_FORMAT_CHANGED",
    `the list "${list.id}" is not as its settings say: ${problem}; check its columns and format`,
  );
}
