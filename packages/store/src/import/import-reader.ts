import type { BadRow, ImportFormat, ImportOptions, ImportPreview, ListedCamera } from "@argus/core";
import type { z } from "zod";

import { TimeSlice } from "../time-slice.ts";
import { ColumnMapping } from "./column-mapping.ts";
import { csvRows } from "./csv-rows.ts";
import type { FileRow } from "./file-row.ts";
import { geojsonRows } from "./geojson-rows.ts";
import { importTooLarge } from "./import-errors.ts";
import { MAX_IMPORT_ROWS, MAX_LISTED_BAD } from "./limits.ts";
import { type ParsedRow, parseRow } from "./parse-row.ts";
import { beginningOf, type FileText, textOfFile } from "./text-of-file.ts";

const JSON_BEGINNING = /^[{[]/u;

/** Reads a file of cameras once: `cameras()` gives those that can be stored, the rest says what else was met. */
export class ImportReader {
  readonly #options: z.output<typeof ImportOptions>;
  readonly #text: FileText;
  readonly #mapping: ColumnMapping;
  /** Where each id was first met. */
  readonly #rowOfId = new Map<string, number>();
  readonly format: ImportFormat;
  rows = 0;
  badRows = 0;
  /** The first faults. */
  readonly bad: BadRow[] = [];

  /** @throws ArgusError ARGUS_IMPORT_UNREADABLE, ARGUS_IMPORT_TOO_LARGE */
  constructor(bytes: Uint8Array, options: z.output<typeof ImportOptions>) {
    this.#options = options;
    this.#text = textOfFile(bytes);
    this.#mapping = new ColumnMapping(options.columns);
    this.format = options.format ?? (JSON_BEGINNING.test(beginningOf(this.#text)) ? "geojson" : "csv");
  }

  /** Each with an id of its own. @throws ArgusError ARGUS_IMPORT_UNREADABLE, ARGUS_IMPORT_TOO_LARGE */
  async *cameras(signal?: AbortSignal): AsyncGenerator<ListedCamera, void> {
    const slice = new TimeSlice();
    const read = this.format === "csv" ? csvRows : geojsonRows;
    for await (const row of read(this.#text, this.#mapping, slice)) {
      if (slice.isOver) await slice.pause();
      signal?.throwIfAborted();
      this.rows += 1;
      if (this.rows > MAX_IMPORT_ROWS) throw importTooLarge(`more than ${MAX_IMPORT_ROWS} rows`, `${MAX_IMPORT_ROWS}`);
      const camera = this.#take(row);
      if (camera !== null) yield camera;
    }
  }

  /** What is known of the file once all has been read. */
  get told(): Omit<ImportPreview, "new" | "changed" | "unchanged" | "sample" | "digest"> {
    return {
      format: this.format,
      encoding: this.#text.encoding,
      source_id: this.#options.source_id,
      rows: this.rows,
      ready: this.rows - this.badRows,
      bad_rows: this.badRows,
      bad: this.bad,
      ...this.#mapping.told,
    };
  }

  #take(row: FileRow): ListedCamera | null {
    const parsed = this.#distinct(parseRow(row, this.#options), row);
    if ("camera" in parsed) return parsed.camera;
    this.badRows += 1;
    for (const bad of parsed.bad) if (this.bad.length < MAX_LISTED_BAD) this.bad.push(bad);
    return null;
  }

  #distinct(parsed: ParsedRow, { row, values }: FileRow): ParsedRow {
    if (!("camera" in parsed)) return parsed;
    const { id, stream_url, page_url } = parsed.camera;
    const first = this.#rowOfId.get(id);
    this.#rowOfId.set(id, first ?? row);
    if (first === undefined) return parsed;
    if (!parsed.isIdDerived)
      return {
        bad: [{ row, column: values.get("id")?.column ?? null, value: id, message: `has the id of row ${first}` }],
      };
    const message = `has the URL of row ${first}; give the rows ids of their own in a column id`;
    return { bad: [{ row, column: null, value: stream_url ?? page_url, message }] };
  }
}
