import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";

import { notADatabase, openFailed } from "../errors.ts";

// https://www.sqlite.org/fileformat.html#the_database_header
const COPY_MEND = "make both writable for this user, or copy the file to a folder of your own and name the copy";
const MAGIC = Buffer.from("SQLite format 3\0", "latin1");

/**
 * Makes sure that a file is there, or can be, and may be read and written, its folder too. Does not open it.
 * @throws ArgusError ARGUS_STORE_NOT_A_DATABASE, ARGUS_STORE_OPEN_FAILED.
 */
export function checkPlace(path: string): void {
  if (sizeOf(path) === null) return checkFolder(path);
  assertUsable(path, constants.R_OK, "it cannot be read by this user; change its permissions, or name another file");
  assertUsable(path, constants.W_OK, `it can be read but not written; ${COPY_MEND}`);
  assertUsable(
    dirname(path),
    constants.W_OK,
    `its folder, where SQLite keeps its log, cannot be written; ${COPY_MEND}`,
  );
}

/**
 * Only for a file that no connection of this program has open: closing any handle of it lets go of SQLite's locks.
 * @throws ArgusError ARGUS_STORE_NOT_A_DATABASE for a file that does not begin as SQLite's do.
 */
export function checkHeader(path: string): void {
  if (!readStart(path).equals(MAGIC)) throw notADatabase(path, "it does not begin with SQLite's header");
}

function sizeOf(path: string): number | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  // Opening a pipe or a device would wait or worse.
  if (!stats.isFile()) throw notADatabase(path, stats.isDirectory() ? "it is a folder" : "it is no regular file");
  return stats.size;
}

function checkFolder(path: string): void {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw openFailed(path, `there is no folder ${folder}; create it, or name another file`);
  }
  assertUsable(
    folder,
    constants.W_OK,
    "files cannot be created there by this user; change the folder's permissions, or name another file",
  );
}

function assertUsable(path: string, mode: number, why: string): void {
  try {
    accessSync(path, mode);
  } catch (error) {
    throw openFailed(path, why, error);
  }
}

function readStart(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(MAGIC.length);
    readSync(file, start, 0, MAGIC.length, 0);
    return start;
  } finally {
    closeSync(file);
  }
}
