import { type ArgusError, isArgusError } from "@argus/core";

import { corrupt, locked, readFailed, writeFailed } from "../errors.ts";

/** What SQLite's error means to someone who reads. */
export function readError(path: string, error: unknown, doing: string): ArgusError {
  return sharedError(path, error, doing) ?? readFailed(path, doing, error);
}

/** What SQLite's error means to someone who writes. */
export function writeError(path: string, error: unknown, doing: string): ArgusError {
  const known = sharedError(path, error, doing);
  if (known !== null) return known;
  const code = sqliteCode(error);
  const full = code.startsWith("SQLITE_FULL");
  return writeFailed(path, doing, mendOf(code), { retryable: full || code.startsWith("SQLITE_IOERR"), cause: error });
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

function mendOf(code: string): string {
  if (code.startsWith("SQLITE_FULL")) return "free some space on its disk";
  if (code.startsWith("SQLITE_READONLY")) return "make the file and its folder writable";
  if (code.startsWith("SQLITE_IOERR")) return "look after its disk";
  return "the cause says why";
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
