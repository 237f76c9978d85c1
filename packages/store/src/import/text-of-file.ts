import { isUtf8 } from "node:buffer";

import type { ImportPreview } from "@argus/core";

import { importTooLarge, importUnreadable } from "./import-errors.ts";
import { MAX_IMPORT_BYTES } from "./limits.ts";

/** Small enough that no parser works on one for longer than a slice of time. */
const CHUNK_BYTES = 8192;
const UTF8_BOM = [0xef, 0xbb, 0xbf];
const UTF16_LE_BOM = [0xff, 0xfe];
const UTF16_BE_BOM = [0xfe, 0xff];
/** "PK", which begins every ZIP file, and so every workbook of Excel and LibreOffice. */
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];

export type FileText = { encoding: ImportPreview["encoding"]; chunks(): Generator<string, void> };

/**
 * A file's text in portions, decoded: UTF-8, UTF-16 with a byte order mark, else Windows-1252, for that is what
 * spreadsheets write where they do not write UTF-8.
 * @throws ArgusError ARGUS_IMPORT_UNREADABLE for what is no text, ARGUS_IMPORT_TOO_LARGE
 */
export function textOfFile(bytes: Uint8Array): FileText {
  if (bytes.length > MAX_IMPORT_BYTES) throw importTooLarge(`${bytes.length} bytes`, `${MAX_IMPORT_BYTES}`);
  if (begins(bytes, ZIP_MAGIC)) throw importUnreadable("it is a workbook or another ZIP file; save it as CSV");
  if (begins(bytes, UTF16_LE_BOM)) return decoded(bytes, "utf-16", "utf-16le");
  if (begins(bytes, UTF16_BE_BOM)) return decoded(bytes, "utf-16", "utf-16be");
  if (bytes.includes(0))
    throw importUnreadable("it holds NUL bytes, so it is no text; save it as CSV or GeoJSON in UTF-8");
  if (isUtf8(bytes))
    return decoded(begins(bytes, UTF8_BOM) ? bytes.subarray(UTF8_BOM.length) : bytes, "utf-8", "utf-8");
  return decoded(bytes, "windows-1252", "windows-1252");
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

function decoded(bytes: Uint8Array, encoding: FileText["encoding"], label: string): FileText {
  return { encoding, chunks: () => decodedChunks(bytes, label) };
}

/** Bytes as text, in portions that a parser takes within a slice of time; no character is cut in two. */
export function* decodedChunks(bytes: Uint8Array, label: string): Generator<string, void> {
  const decoder = new TextDecoder(label);
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const end = from + CHUNK_BYTES;
    yield decoder.decode(bytes.subarray(from, end), { stream: end < bytes.length });
  }
}

/** The first characters that are not white space, or as many as the first portion holds. */
export function beginningOf(text: FileText): string {
  for (const chunk of text.chunks()) {
    const beginning = chunk.trimStart();
    if (beginning !== "") return beginning;
  }
  return "";
}
