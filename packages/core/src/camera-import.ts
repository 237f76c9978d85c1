import { z } from "zod";

import { ListedCamera } from "./camera.ts";
import { SourceId } from "./ids.ts";
import { OWN_SOURCE, OWN_SOURCE_ID } from "./own-source.ts";

const MAX_CREDIT = 500;
const MAX_COLUMN_NAME = 200;

/** A source that no plugin may have: `own`, or a slug that begins with `own-`. */
export const OwnSourceId = SourceId.regex(OWN_SOURCE, 'must be own, or begin with "own-", like own-harbour');
export type OwnSourceId = z.infer<typeof OwnSourceId>;

export const ImportFormat = z.enum(["csv", "geojson"]);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** What a column of a file may be read as. */
export const ImportField = ListedCamera.omit({ source_id: true }).keyof();
export type ImportField = z.infer<typeof ImportField>;

const Mapping = z.partialRecord(ImportField, z.string().min(1).max(MAX_COLUMN_NAME));

/** How a file of cameras is to be read. */
export const ImportOptions = z.strictObject({
  /** Found out when left out. */
  format: ImportFormat.optional(),
  source_id: OwnSourceId.default(OWN_SOURCE_ID),
  /** For rows that do not name their own. */
  attribution: z.string().trim().min(1).max(MAX_CREDIT).default("Own camera"),
  licence: z.string().trim().min(1).max(MAX_CREDIT).default("unknown"),
  /** Field to column (CSV) or property (GeoJSON), where its name does not tell. */
  columns: Mapping.default({}),
});
export type ImportOptions = z.input<typeof ImportOptions>;

/** What is wrong with a row of an imported file. */
export const BadRow = z.object({
  /** CSV: the line it begins on, from 1, the header included. GeoJSON: which feature, from 1. */
  row: z.int().positive(),
  /** The column as the file names it; null when it is the row itself. */
  column: z.string().nullable(),
  /** The value, cut short; null when there is none. */
  value: z.string().nullable(),
  message: z.string(),
});
export type BadRow = z.infer<typeof BadRow>;

/** What storing a file would do; nothing has been stored. */
export const ImportPreview = z.object({
  format: ImportFormat,
  /** How the bytes were read; `windows-1252` is a guess, to be looked at in the sample. */
  encoding: z.enum(["utf-8", "utf-16", "windows-1252"]),
  source_id: OwnSourceId,
  /** Rows with anything in them, the header apart. */
  rows: z.int().nonnegative(),
  /** Rows that can be stored: `new` + `changed` + `unchanged`. */
  ready: z.int().nonnegative(),
  bad_rows: z.int().nonnegative(),
  /** What is wrong, in the order of the file: the first 1000, several for one row where it has several faults. */
  bad: z.array(BadRow),
  new: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  /** The first few that can be stored, as they would be. */
  sample: z.array(ListedCamera),
  /** Which field was read from which column. */
  mapping: z.partialRecord(ImportField, z.string()),
  ignored_columns: z.array(z.string()),
  /** Names the file and how it was read; storing it needs this. */
  digest: z.string(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** What storing a file did. */
export const ImportCounts = z.object({
  new: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  /** Bad rows that were left out. */
  skipped: z.int().nonnegative(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;
