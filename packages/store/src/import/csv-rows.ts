import { describeError, type ImportField, isArgusError } from "@argus/core";
import { type Options, type Parser, parse } from "csv-parse";

import type { TimeSlice } from "../time-slice.ts";
import type { ColumnMapping } from "./column-mapping.ts";
import type { FileRow, FileValue } from "./file-row.ts";
import { importUnreadable } from "./import-errors.ts";
import { beginningOf, type FileText } from "./text-of-file.ts";

const DELIMITERS = [",", ";", "\t"] as const;
/** A first line by which Excel is told the delimiter. */
const SEP_LINE = /^sep=(?<delimiter>[,;\t])\r?\n/iu;
const LINE_BREAK = /\r\n|\n|\r/gu;
const QUOTED = /"(?:[^"]|"")*"/gu;
/** What our own export, and others, put before a text that a spreadsheet would run as a formula. */
const FORMULA_GUARD = /^'(?='*[=+\-@\t\r\n＝＋－＠])/u;

type CsvRecord = { record: string[]; info: { empty_lines: number } };
type Header = { columns: string[]; places: Map<ImportField, number> };

/**
 * The rows of a CSV file (RFC 4180, and what people make of it): the delimiter is found out, line ends may be mixed, rows
 * without any value are passed over.
 * @throws ArgusError ARGUS_IMPORT_UNREADABLE
 */
export async function* csvRows(
  text: FileText,
  mapping: ColumnMapping,
  slice: TimeSlice,
): AsyncGenerator<FileRow, void> {
  const lines = new LineCount();
  let header: Header | null = null;
  for await (const { record, info } of recordsOf(text, lines, slice)) {
    const line = lines.begin(record, info.empty_lines);
    if (record.every((cell) => cell.trim() === "")) continue;
    if (header === null) header = headerOf(record, mapping);
    else yield rowOf(record, line, header);
  }
  if (header === null) throw importUnreadable("it is empty; the first line must name the columns");
  if (lines.unclosedAt !== null) yield unclosedQuote(lines.unclosedAt);
}

/** Where records begin, which the parser does not tell of those that hold line breaks. */
class LineCount {
  #next = 1;
  #emptyLines = 0;
  unclosedAt: number | null = null;

  /** The line a record begins on; to be asked in order, and once for each. */
  begin(record: readonly string[], emptyLines: number): number {
    const line = this.#next + emptyLines - this.#emptyLines;
    this.#emptyLines = emptyLines;
    this.#next = line + 1;
    for (const cell of record) this.#next += cell.match(LINE_BREAK)?.length ?? 0;
    return line;
  }

  /** A quote that is never closed makes the rest of the file one record, which nobody gets. */
  stop(): void {
    this.unclosedAt = this.#next;
  }
}

async function* recordsOf(text: FileText, lines: LineCount, slice: TimeSlice): AsyncGenerator<CsvRecord, void> {
  const { delimiter, skip } = delimiterOf(beginningOf(text));
  if (skip) lines.begin([], 0);
  const faults: unknown[] = [];
  const parser = parse({ ...LENIENT, delimiter, from_line: skip ? 2 : 1, on_skip: (fault) => void faults.push(fault) });
  const failure = failureOf(parser);
  try {
    for (const chunk of text.chunks()) {
      if (slice.isOver) await slice.pause();
      parser.write(chunk);
      yield* recordsIn(parser);
      failure();
    }
    parser.end();
    for await (const record of parser) yield record as CsvRecord;
  } catch (error) {
    throw isArgusError(error) ? error : importUnreadable(describeError(error), error);
  } finally {
    parser.destroy();
  }
  if (faults.length > 0) lines.stop();
}

/** Throws what the parser failed with, once it has. */
function failureOf(parser: Parser): () => void {
  let failure: Error | null = null;
  parser.on("error", (error) => (failure ??= error));
  return () => {
    if (failure !== null) throw failure;
  };
}

const LENIENT: Options = {
  info: true,
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_error: true,
};

/** What has been parsed by now: the parser works when it is written to, and never later. */
function* recordsIn(parser: Parser): Generator<CsvRecord, void> {
  for (;;) {
    const record: unknown = parser.read();
    if (record === null) return;
    yield record as CsvRecord;
  }
}

/** The delimiter that the first line has most of outside quotes. */
function delimiterOf(beginning: string): { delimiter: string; skip: boolean } {
  const said = SEP_LINE.exec(beginning)?.groups?.["delimiter"];
  if (said !== undefined) return { delimiter: said, skip: true };
  const line = beginning.replaceAll(QUOTED, "").split(/[\r\n]/u, 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return { delimiter: counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter, skip: false };
}

function headerOf(record: readonly string[], mapping: ColumnMapping): Header {
  const columns = record.map((cell) => cell.trim());
  return { columns, places: mapping.choose(columns) };
}

function rowOf(record: readonly string[], row: number, { columns, places }: Header): FileRow {
  const values = new Map<ImportField, FileValue>();
  for (const [field, at] of places) {
    values.set(field, { value: (record[at] ?? "").replace(FORMULA_GUARD, ""), column: columns[at] ?? "" });
  }
  return { row, values, fault: faultOf(record, columns) };
}

function faultOf(record: readonly string[], columns: readonly string[]): FileRow["fault"] {
  const surplus = record.findIndex((cell, at) => at >= columns.length && cell.trim() !== "");
  if (surplus < 0) return null;
  const message = `has ${surplus + 1} values or more, but the header names ${columns.length}; a value that holds the delimiter must stand in quotes`;
  return { column: null, value: (record[surplus] ?? "").slice(0, 80), message };
}

function unclosedQuote(row: number): FileRow {
  const message = "a quote that opens here is never closed, so that nothing from here on could be read";
  return { row, values: new Map(), fault: { column: null, value: null, message } };
}
