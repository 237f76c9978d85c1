import { randomBytes } from "node:crypto";
import { chmod, link, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { corrupt, openFailed } from "../errors.ts";
import { checkDatabase } from "./check.ts";
import { DatabaseThread, useThread } from "./database-thread.ts";
import { checkHeader } from "./file-header.ts";
import { checkOwner } from "./file-owner.ts";
import { readError, sqliteCode, writeError } from "./sqlite-errors.ts";

/** How long SQLite waits for a lock, in milliseconds: only long tasks on threads of their own. */
const LOCK_WAIT_MS = 2000;
const RANDOM_BYTES = 4;
/** What the snapshot of a database's index is called after it; see snapshot/index-snapshot.ts. */
export const SNAPSHOT_END = ".index";
const SIDE_FILES = ["-wal", "-shm", "-journal", SNAPSHOT_END];

export type CopyOptions = {
  signal?: AbortSignal;
  /** Pages copied, of all. */
  progress?: (progress: { done: number; total: number }) => void;
};

/** A name beside a file for what is not finished. */
export function unfinished(path: string): string {
  return `${path}.part-${randomBytes(RANDOM_BYTES).toString("hex")}`;
}

/** Opens a file that must be there; `readOnly` also where nothing may be written. */
export function openExisting(path: string, readOnly: boolean): Promise<DatabaseThread> {
  return DatabaseThread.open({ path, mustExist: true, readOnly, lockWaitMs: LOCK_WAIT_MS, pragmas: [] });
}

/**
 * Copies one state of a registry to a new file, checks the copy and makes it lasting; nothing is left of it on failure.
 * @throws ArgusError ARGUS_STORE_OPEN_FAILED, _NOT_A_DATABASE, _FOREIGN_DATABASE, _SCHEMA_NEWER, _CORRUPT for the
 * source; ARGUS_STORE_WRITE_FAILED for the copy; the signal's reason.
 */
export async function copyRegistry(source: string, copy: string, options: CopyOptions): Promise<void> {
  try {
    await copyPages(source, copy, options);
    await verify(source, copy, options.signal);
    await chmod(copy, (await stat(source)).mode);
    await sync(copy);
  } catch (error) {
    await removeDatabase(copy);
    throw error;
  }
}

async function copyPages(source: string, copy: string, { signal, progress }: CopyOptions): Promise<void> {
  const tell = progress === undefined ? {} : { tell: progress };
  await reading(source, signal, async (thread) => {
    if ((await checkOwner(thread, source)) === 0) throw openFailed(source, "there is no registry in it");
    await thread.ask({ kind: "backup", target: copy }, { signal, ...tell }).catch((error: unknown) => {
      throw signal?.aborted === true ? error : writeError(copy, error, `copying ${source}`);
    });
  });
}

async function reading(
  source: string,
  signal: AbortSignal | undefined,
  task: (thread: DatabaseThread) => Promise<void>,
): Promise<void> {
  if (!(await exists(source))) throw openFailed(source, "there is no such file");
  try {
    await useThread(() => openExisting(source, true), task, { signal });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    if (sqliteCode(error) === "SQLITE_NOTADB") checkHeader(source);
    throw readError(source, error, "copying it");
  }
}

async function verify(source: string, copy: string, signal: AbortSignal | undefined): Promise<void> {
  await useThread(
    () => openExisting(copy, false),
    async (thread) => {
      // One file then holds all of it, and can be read where nothing can be written.
      await thread.ask({ kind: "rows", sql: "pragma journal_mode = delete", parameters: [] });
      await checkOwner(thread, copy);
      const found = await checkDatabase(thread, signal);
      if (found.length > 0) throw corrupt(source, "checking a copy of it", new Error(found.join("; ")));
    },
    { signal },
  );
}

/** What is in the file is on the disk. No connection may have it open: closing it here lets go of SQLite's locks. */
async function sync(path: string): Promise<void> {
  await using file = await open(path, "r+");
  await file.sync();
}

/** What a folder lists is on the disk, where the system can tell. */
export async function syncFolder(path: string): Promise<void> {
  try {
    await using folder = await open(dirname(path), "r");
    await folder.sync();
  } catch {
    // Windows opens no folders, and keeps their entries by itself.
  }
}

/**
 * Gives a file another name, unless there is something of that name.
 * @returns false when there is; then nothing has changed.
 */
export async function renameToNew(from: string, to: string): Promise<boolean> {
  try {
    // Unlike a rename, a link never replaces.
    await link(from, to);
    await rm(from);
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    // A file system without links.
    if (await exists(to)) return false;
    await rename(from, to);
  }
  await syncFolder(to);
  return true;
}

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Removes a database and what is kept beside it. */
export async function removeDatabase(path: string): Promise<void> {
  for (const file of [path, ...SIDE_FILES.map((end) => path + end)]) await rm(file, { force: true });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
