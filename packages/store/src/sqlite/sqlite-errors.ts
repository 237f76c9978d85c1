import { type ArgusError, isArgusError } from "@argus/core";

import { corrupt, locked, openFailed, readFailed, writeFailed } from "../errors.ts";

// SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow, which a full disk is the usual cause of.
const FULL: ReadonlySet<string> = new Set(["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"]);

/** What SQLite's error means to someone who opens a file. */
export function openError(path: string, error: unknown): ArgusError {
  const known = sharedError(path, error, "opening it");
  if (known !== null) return known;
  const code = sqliteCode(error);
  const why = error instanceof Error ? error.message : String(error);
  return openFailed(path, code === "" ? why : `${why} (${code}); ${mendOf(code)}`, error);
}

/** What SQLite's error means to someone who reads. */
export function readError(path: string, error: unknown, doing: string): ArgusError {
  return sharedError(path, error, doing) ?? readFailed(path, doing, error);
}

/** What SQLite's error means to someone who writes. */
export function writeError(path: string, error: unknown, doing: string): ArgusError {
  const known = sharedError(path, error, doing);
  if (known !== null) return known;
  const code = sqliteCode(error);
  const retryable = isFull(code) || code.startsWith("SQLITE_IOERR");
  return writeFailed(path, doing, mendOf(code), { retryable, cause: error });
}

function sharedError(path: string, error: unknown, doing: string): ArgusError | null {
  if (isArgusError(error)) return error;
  const code = sqliteCode(error);
  if (isLocked(error)) return locked(path, doing, error);
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) return corrupt(path, doing, error);
  return null;
}

/** Whether another connection holds the lock that was wanted. */
export function isLocked(error: unknown): boolean {
  const code = sqliteCode(error);
  return code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED");
}

function isFull(code: string): boolean {
  return FULL.has(code);
}

function mendOf(code: string): string {
  if (isFull(code)) return "its disk is full: free some space";
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN"))
    return "make the file and its folder writable";
  if (code.startsWith("SQLITE_IOERR")) return "look after its disk";
  return "the cause says why";
}

/** SQLite's extended code of an error, such as SQLITE_IOERR_READ; empty for other errors. */
export function sqliteCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
