import { Kysely } from "kysely";

import { memoryLost } from "../errors.ts";
import { MIGRATIONS } from "../migrations/all.ts";
import { migrate } from "../migrations/migrate.ts";
import type { StoreEngine } from "../store-engine.ts";
import { CommitWatch } from "./commit-watch.ts";
import { DatabaseThread } from "./database-thread.ts";
import { checkHeader, checkPlace } from "./file-header.ts";
import { checkOwner, makeDurable, readNumber, runPragma, userVersion } from "./file-owner.ts";
import { SqliteEngine } from "./sqlite-engine.ts";
import { openError, sqliteCode } from "./sqlite-errors.ts";
import { ThreadDialect } from "./thread-dialect.ts";
import { ThreadKeeper } from "./thread-keeper.ts";
import { retryWhileLocked } from "./while-locked.ts";

const MEMORY = ":memory:";
/** SQLite's own waiting stops all that a thread does, so it only covers the usual short moment. */
const LONGEST_BLOCK_MS = 10;
const WRITER_PRAGMAS = [
  // KiB, negative. A batch of 10,000 cameras and the upper levels of all indexes.
  "cache_size = -32000",
  // Pages. Moved from the log to the file in larger portions than usual, for a load writes many pages again and again.
  "wal_autocheckpoint = 8000",
  // Bytes. What a large batch has left is given back to the disk.
  "journal_size_limit = 67108864",
];
const READER_PRAGMAS = ["query_only = on", "cache_size = -16000"];

export type SqliteOptions = {
  /** How long to wait for another program's lock, in milliseconds. */
  busyTimeoutMs: number;
};

/**
 * Opens or creates the file (null: a database in memory) and brings its schema up to date. Nothing is written to a file
 * that is refused. SQLite runs on threads, one that writes and one that reads; in memory they are one, so there a task
 * of `write` must not wait for `read`, only for its own transaction.
 * @throws ArgusError ARGUS_STORE_NOT_A_DATABASE, _FOREIGN_DATABASE, _SCHEMA_NEWER, _OPEN_FAILED, _LOCKED, _CORRUPT.
 */
export async function openSqliteEngine(path: string | null, options: SqliteOptions): Promise<StoreEngine> {
  if (path === null) return openMemory(options);
  checkPlace(path);
  try {
    return await openFile(path, options);
  } catch (error) {
    // Only now, and not before, may the file be looked into: no connection to it can be at work.
    if (sqliteCode(error) === "SQLITE_NOTADB") checkHeader(path);
    throw openError(path, error);
  }
}

async function openMemory(options: SqliteOptions): Promise<StoreEngine> {
  const thread = await openThread(MEMORY, options);
  await migrateOn(thread);
  const keeper = new ThreadKeeper(() => Promise.reject(memoryLost()), thread);
  const foreign = { thread, data: 0 };
  const parts = { ...options, kind: "memory", name: MEMORY, writer: keeper, reader: keeper } as const;
  return new SqliteEngine({ ...parts, watch: null, spare: null, foreign });
}

async function openFile(path: string, options: SqliteOptions): Promise<StoreEngine> {
  const thread = await openWriter(path, options, false);
  try {
    await retryWhileLocked(options.busyTimeoutMs, () => migrateOn(thread));
    const foreign = { thread, data: await readNumber(thread, "pragma data_version") };
    const watch = new CommitWatch(path);
    const openReader = (): Promise<DatabaseThread> => openThread(path, options, true, READER_PRAGMAS);
    return new SqliteEngine({
      ...options,
      kind: "sqlite",
      name: path,
      // A file that has vanished meanwhile is not made anew: this engine's schema would not be in it.
      writer: new ThreadKeeper(() => openWriter(path, options, true), thread),
      reader: new ThreadKeeper(openReader),
      watch,
      spare: openReader,
      foreign,
    });
  } catch (error) {
    await thread.close();
    throw error;
  }
}

function openThread(
  path: string,
  { busyTimeoutMs }: SqliteOptions,
  mustExist = false,
  pragmas: readonly string[] = [],
): Promise<DatabaseThread> {
  const lockWaitMs = Math.min(busyTimeoutMs, LONGEST_BLOCK_MS);
  return DatabaseThread.open({ path, mustExist, readOnly: false, lockWaitMs, pragmas });
}

async function openWriter(path: string, options: SqliteOptions, mustExist: boolean): Promise<DatabaseThread> {
  const thread = await openThread(path, options, mustExist);
  try {
    await retryWhileLocked(options.busyTimeoutMs, async () => {
      await checkOwner(thread, path);
      await makeDurable(thread, path);
    });
    for (const pragma of WRITER_PRAGMAS) await runPragma(thread, pragma);
    return thread;
  } catch (error) {
    await thread.close();
    throw error;
  }
}

async function migrateOn(thread: DatabaseThread): Promise<void> {
  const dialect = new ThreadDialect((sql, parameters) => thread.ask({ kind: "query", sql, parameters, within: false }));
  await migrate(new Kysely<unknown>({ dialect }), MIGRATIONS, userVersion);
}
