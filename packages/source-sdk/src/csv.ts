import { showValue } from "@argus/core/contract";
import { CsvError, parse } from "csv-parse/sync";

import { formatChanged } from "./errors.ts";
import type { CsvRequest, CsvRow } from "./http.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const QUOTED = /"(?:[^"]|"")*"/gu;
const FIRST_LINE = /^[^\r\n]{0,10000}/u;
const MARKUP = /^\s*<(?:!doctype|html|\?xml|[a-z]+[\s>])/iu;

/**
 * Reads CSV (RFC 4180, and what people make of it): a row for each line under the header, by the header's names. A value
 * too many is dropped; the first of two columns with one name is kept.
 * @throws ArgusError ARGUS_SOURCE_FORMAT_CHANGED for markup, and for a quote that is never closed.
 */
export function parseCsv(
  text: string,
  what: string,
  request: Pick<CsvRequest, "delimiter" | "columns"> = {},
): CsvRow[] {
  if (MARKUP.test(text)) throw formatChanged(what, `no CSV, it begins with ${showValue(text)}`);
  const [first, ...rest] = recordsOf(text, what, request.delimiter ?? delimiterOf(text));
  if (first === undefined) return [];
  const columns = firstOfEachName(request.columns ?? first);
  const records = request.columns === undefined ? rest : [first, ...rest];
  return records.map((record) => rowOf(columns, record));
}

type Column = { name: string; index: number };

function firstOfEachName(names: readonly string[]): Column[] {
  const columns = names.map((name, index) => ({ name: name.trim(), index }));
  return columns.filter(({ name, index }) => columns.findIndex((column) => column.name === name) === index);
}

function rowOf(columns: readonly Column[], record: readonly string[]): CsvRow {
  const present = columns.filter(({ index }) => index < record.length);
  return Object.fromEntries(present.map(({ name, index }) => [name, record[index] ?? ""]));
}

function recordsOf(text: string, what: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw formatChanged(what, `CSV that cannot be read: ${error.message.slice(0, 200)}`);
  }
}

function delimiterOf(text: string): string {
  const line = FIRST_LINE.exec(text)?.[0].replaceAll(QUOTED, "") ?? "";
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}
