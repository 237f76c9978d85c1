import type { BadRow, ImportField } from "@argus/core";

/** What a row says of one field: the value, not yet understood, and where it stands. */
export type FileValue = { value: unknown; column: string };

/** One row of a file; `fault` when it cannot be read at all. */
export type FileRow = {
  /** CSV: its first line. GeoJSON: which feature. Both from 1. */
  row: number;
  values: ReadonlyMap<ImportField, FileValue>;
  fault: Omit<BadRow, "row"> | null;
};

const MAX_SHOWN = 80;
/** A user name and a password in a URL. */
const CREDENTIALS = /\/\/[^/@\s]*@/gu;

/** A value as a preview shows it: short, without passwords; null when there is none. */
export function showCell(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "object") return Array.isArray(value) ? "[…]" : "{…}";
  const text = (typeof value === "string" ? value : (JSON.stringify(value) ?? ""))
    .slice(0, MAX_SHOWN * 4)
    .replaceAll(CREDENTIALS, "//…@");
  return (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text).toWellFormed();
}
