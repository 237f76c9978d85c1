import type { RowValues } from "../store-engine.ts";

const SPECIAL = /[\\\n\r\t]/u;
const SPECIALS = /[\\\n\r\t]/gu;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Rows as COPY reads them; https://www.postgresql.org/docs/current/sql-copy.html, "Text Format". */
export function copyText(rows: readonly RowValues[]): string {
  let text = "";
  for (const row of rows) {
    let separator = "";
    for (const value of row) {
      text += separator + field(value);
      separator = "\t";
    }
    text += "\n";
  }
  return text;
}

function field(value: string | number | null): string {
  if (value === null) return "\\N";
  if (typeof value === "number") return String(value);
  return SPECIAL.test(value) ? value.replaceAll(SPECIALS, (special) => ESCAPES[special] ?? special) : value;
}
