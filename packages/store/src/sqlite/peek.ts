import { statSync } from "node:fs";

import { DatabaseThread, useThread } from "./database-thread.ts";
import { checkHeader, checkPlace } from "./file-header.ts";
import { checkOwner } from "./file-owner.ts";
import { openError, sqliteCode } from "./sqlite-errors.ts";
import { retryWhileLocked } from "./while-locked.ts";

const LONGEST_BLOCK_MS = 10;

/**
 * The version of a file's schema as it is, or null where there is no file or an empty one. Changes nothing.
 * @throws ArgusError as openSqliteEngine.
 */
export async function peekSqlite(path: string, { busyTimeoutMs }: { busyTimeoutMs: number }): Promise<number | null> {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  checkPlace(path);
  const lockWaitMs = Math.min(busyTimeoutMs, LONGEST_BLOCK_MS);
  const open = (): Promise<DatabaseThread> =>
    DatabaseThread.open({ path, mustExist: true, readOnly: false, lockWaitMs, pragmas: ["query_only = on"] });
  try {
    return await useThread(open, (thread) => retryWhileLocked(busyTimeoutMs, () => checkOwner(thread, path)));
  } catch (error) {
    // Only now may the file be looked into: no connection to it can be at work.
    if (sqliteCode(error) === "SQLITE_NOTADB") checkHeader(path);
    throw openError(path, error);
  }
}
