import {
  type BadRow,
  CameraInput,
  type ImportField,
  type ImportOptions,
  type ListedCamera,
  toListedCamera,
} from "@argus/core";
import type { z } from "zod";

import { completeInput, type RowInput } from "./complete-input.ts";
import { namesOfField } from "./field-names.ts";
import { type FileRow, showCell } from "./file-row.ts";
import { readValue } from "./read-value.ts";

const MAX_FAULTS = 5;
const NUMBER_EXPECTED = "must be a number, like 52.5";

/** A row's camera, or what is wrong with the row. */
export type ParsedRow = { camera: ListedCamera; isIdDerived: boolean } | { bad: BadRow[] };

export function parseRow(row: FileRow, options: z.output<typeof ImportOptions>): ParsedRow {
  if (row.fault !== null) return { bad: [{ row: row.row, ...row.fault }] };
  const told: RowInput = {};
  for (const [field, { value }] of row.values) told[field] = readValue(field, value);
  const parsed = CameraInput.safeParse(completeInput(told, options.source_id));
  if (!parsed.success)
    return { bad: parsed.error.issues.slice(0, MAX_FAULTS).map((issue) => faultOf(issue, row, told)) };
  const { source_id, attribution, licence } = options;
  const camera = toListedCamera(source_id, parsed.data, { attribution, licence, terms_url: null });
  return { camera, isIdDerived: told.id === undefined };
}

function faultOf(issue: z.core.$ZodIssue, row: FileRow, told: RowInput): BadRow {
  const field = issue.path[0] as ImportField | undefined;
  const source = field === undefined ? undefined : sourceOf(field, told);
  const found = source === undefined ? undefined : row.values.get(source);
  const isMissing = field !== undefined && told[source ?? field] === undefined;
  return {
    row: row.row,
    column: found?.column ?? null,
    value: isMissing ? null : showCell(found?.value),
    message: isMissing ? missing(field) : messageOf(issue),
  };
}

/** The field whose column a field's value came from: one column of URLs may have been read as that of another. */
function sourceOf(field: ImportField, told: RowInput): ImportField {
  if (told[field] !== undefined) return field;
  if (field === "page_url") return "stream_url";
  return field === "stream_url" && told.snapshot_url !== undefined ? "snapshot_url" : field;
}

function missing(field: ImportField): string {
  if (field === "page_url" || field === "stream_url")
    return `has no URL; give it in a column ${namesOfField("stream_url")} or ${namesOfField("page_url")}`;
  return `has no ${field}; give it in a column ${namesOfField(field)}`;
}

function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_type" && issue.expected === "number" ? NUMBER_EXPECTED : issue.message;
}
