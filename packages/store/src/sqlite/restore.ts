import { link, rename, rm } from "node:fs/promises";

import { type Clock, isArgusError, isoNow } from "@argus/core";

import { fileExists, locked } from "../errors.ts";
import {
  type CopyOptions,
  copyRegistry,
  exists,
  openExisting,
  SNAPSHOT_END,
  syncFolder,
  unfinished,
} from "./copy-file.ts";
import { useThread } from "./database-thread.ts";
import { checkHeader, checkPlace } from "./file-header.ts";
import { checkOwner } from "./file-owner.ts";
import { isLocked, readError, sqliteCode } from "./sqlite-errors.ts";

export type RestoreOptions = CopyOptions & {
  /** Also when there is a file already, which is kept as `<file>.before-restore-<time>`. */
  overwrite?: boolean;
  clock?: Clock;
};

/**
 * Puts a copy of a backup in the place of a registry that nobody has open; the backup is verified first.
 * @returns what the old file is called now, null when there was none.
 * @throws ArgusError ARGUS_STORE_FILE_EXISTS, ARGUS_STORE_LOCKED, what copying throws; then the old file is in its place.
 */
export async function restoreSqlite(
  backup: string,
  target: string,
  { overwrite = false, clock = Date.now, ...options }: RestoreOptions = {},
): Promise<{ kept: string | null }> {
  checkPlace(target);
  const replaces = await exists(target);
  if (replaces && !overwrite) throw fileExists(target, "allow it to be replaced, or name another file");
  const copy = unfinished(target);
  await copyRegistry(backup, copy, options);
  try {
    options.signal?.throwIfAborted();
    const kept = replaces ? await putAside(target, clock) : null;
    await rename(copy, target);
    await syncFolder(target);
    // Nothing but space is lost if it stays: it is not the new file's, and would be passed over.
    await rm(target + SNAPSHOT_END, { force: true }).catch(() => {});
    return { kept };
  } finally {
    await rm(copy, { force: true });
  }
}

/** The old file gets a second name, so that its first never names nothing. */
async function putAside(target: string, clock: Clock): Promise<string> {
  await settle(target);
  const kept = `${target}.before-restore-${isoNow(clock).replaceAll(":", "-")}`;
  // A damaged file's log could not be moved into it, and must not be taken for the new one's.
  for (const end of ["-wal", "-shm", "-journal"]) {
    if (await exists(target + end)) await rename(target + end, kept + end);
  }
  await link(target, kept).catch(() => rename(target, kept));
  return kept;
}

/**
 * Makes sure that nobody has the file open, and moves its log into it.
 * @throws ArgusError ARGUS_STORE_LOCKED, ARGUS_STORE_FOREIGN_DATABASE, ARGUS_STORE_NOT_A_DATABASE.
 */
async function settle(target: string): Promise<void> {
  try {
    await useThread(
      () => openExisting(target, false),
      async (thread) => {
        const run = (sql: string) => thread.ask({ kind: "rows", sql, parameters: [] });
        // In this mode the first access wants the file alone; every other connection holds a share of it.
        await run("pragma locking_mode = exclusive");
        await checkOwner(thread, target).catch(passNewer);
        await thread.ask({ kind: "begin" });
        await thread.ask({ kind: "rollback" });
      },
    );
  } catch (error) {
    if (isLocked(error)) throw locked(target, "a backup is put in its place", error);
    const code = sqliteCode(error);
    if (code === "SQLITE_NOTADB") checkHeader(target);
    // Damage is what a backup is restored for.
    if (code !== "SQLITE_NOTADB" && !code.startsWith("SQLITE_CORRUPT"))
      throw readError(target, error, "putting it aside");
  }
}

/** A backup from before an upgrade is what takes a file back to an older program. */
function passNewer(error: unknown): void {
  if (!isArgusError(error) || error.code !== "ARGUS_STORE_SCHEMA_NEWER") throw error;
}
