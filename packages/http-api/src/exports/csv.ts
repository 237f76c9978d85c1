import { Camera } from "@argus/core";

import type { CameraField } from "../params.ts";

const LINE_END = "\r\n";
const LIST_SEPARATOR = ";";
const COLUMNS = Object.keys(Camera.shape) as CameraField[];
const NEEDS_QUOTES = /[",;\r\n]/u;
// What Excel, LibreOffice and Sheets take for a formula's start, full-width forms included (OWASP, "CSV Injection"). Also
// behind apostrophes: so is one that we put there told from the text's own, and an import can take it off again.
const FORMULA_START = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/**
 * CSV (RFC 4180): CRLF, a header row, a column for each field of a camera, tags joined by `;`. Text that a spreadsheet
 * would run as a formula is preceded by `'`; numbers are left alone.
 */
export async function* writeCsv(cameras: AsyncIterable<Camera>): AsyncGenerator<string, void, undefined> {
  yield COLUMNS.join(",") + LINE_END;
  for await (const camera of cameras) yield COLUMNS.map((column) => cell(camera[column])).join(",") + LINE_END;
}

function cell(value: Camera[CameraField]): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : value.join(LIST_SEPARATOR);
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
