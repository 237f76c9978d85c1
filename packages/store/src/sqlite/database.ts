import BetterSqlite3 from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";

import type { Engine } from "../engine.ts";
import { foreignDatabase, openFailed, schemaNewer } from "../errors.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "../migrations/all.ts";
import { migrate, type SchemaVersion } from "../migrations/migrate.ts";
import type { Tables } from "../tables.ts";
import { cacheStatements } from "./cached-statements.ts";
import { checkFile } from "./file-header.ts";
import { readError, writeError } from "./sqlite-errors.ts";
import { retryWhileLocked } from "./while-locked.ts";

/** "Args" in ASCII: marks the file as Argus's, see https://www.sqlite.org/pragma.html#pragma_application_id. */
const APPLICATION_ID = 0x41_72_67_73;
const SYNCHRONOUS_FULL = 2;
/** SQLite's own waiting blocks the thread, so it only covers the usual short moment; retryWhileLocked does the rest. */
const LONGEST_BLOCK_MS = 10;

export type SqliteOptions = {
  /** How long to wait for another program's lock, in milliseconds. */
  busyTimeoutMs: number;
};

/**
 * Opens or creates the file and brings its schema up to date. Nothing is written to a file that is refused.
 * @throws ArgusError ARGUS_STORE_NOT_A_DATABASE, _FOREIGN_DATABASE, _SCHEMA_NEWER, _OPEN_FAILED, _LOCKED, _CORRUPT.
 */
export async function openSqlite(path: string, options: SqliteOptions): Promise<Engine> {
  checkFile(path);
  const connection = openConnection(path, options);
  try {
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: cacheStatements(connection) }) });
    await retryWhileLocked(options.busyTimeoutMs, () => prepare(connection, db, path));
    return toEngine(connection, db, path, options);
  } catch (error) {
    connection.close();
    throw readError(path, error, "opening it");
  }
}

async function prepare(connection: BetterSqlite3.Database, db: Kysely<Tables>, path: string): Promise<void> {
  checkOwner(connection, path);
  makeDurable(connection, path);
  await migrate(db as Kysely<unknown>, MIGRATIONS, userVersion);
}

function openConnection(path: string, options: SqliteOptions): BetterSqlite3.Database {
  try {
    return new BetterSqlite3(path, { timeout: Math.min(options.busyTimeoutMs, LONGEST_BLOCK_MS) });
  } catch (error) {
    throw openFailed(path, error instanceof Error ? error.message : String(error), error);
  }
}

function checkOwner(connection: BetterSqlite3.Database, path: string): void {
  const version = Number(connection.pragma("user_version", { simple: true }));
  if (connection.pragma("application_id", { simple: true }) !== APPLICATION_ID) {
    const { count } = connection
      .prepare<[], { count: number }>("select count(*) as count from sqlite_schema")
      .get() ?? { count: 0 };
    if (count > 0 || version > 0) throw foreignDatabase(path);
  }
  if (version > SCHEMA_VERSION) throw schemaNewer(path, version, SCHEMA_VERSION);
}

function makeDurable(connection: BetterSqlite3.Database, path: string): void {
  if (connection.pragma("journal_mode = wal", { simple: true }) !== "wal") {
    throw openFailed(path, "its file system has no write-ahead log; put it on a local disk");
  }
  // Entering WAL drops this library's SQLite to NORMAL, where a power cut loses commits: FULL is set after and proven.
  connection.pragma("synchronous = full");
  if (connection.pragma("synchronous", { simple: true }) !== SYNCHRONOUS_FULL) {
    throw openFailed(path, "SQLite did not accept synchronous = FULL");
  }
  connection.pragma("foreign_keys = on");
}

const userVersion: SchemaVersion = {
  engine: "sqlite",
  begin: "begin immediate",
  async read(db) {
    const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
    return rows[0]?.user_version ?? 0;
  },
  async write(db, version) {
    // Pragmas take no parameters; both are numbers of this program's own.
    await sql.raw(`pragma application_id = ${APPLICATION_ID}`).execute(db);
    await sql.raw(`pragma user_version = ${version}`).execute(db);
  },
};

function toEngine(
  connection: BetterSqlite3.Database,
  db: Kysely<Tables>,
  path: string,
  options: SqliteOptions,
): Engine {
  const dataVersion = connection.prepare<[], number>("pragma data_version").pluck();
  let known = dataVersion.get();
  return {
    db,
    changedElsewhere() {
      const before = known;
      known = dataVersion.get();
      return known !== before;
    },
    async read(doing, task) {
      return task(db).catch((error: unknown) => {
        throw readError(path, error, doing);
      });
    },
    async write(doing, task) {
      return retryWhileLocked(options.busyTimeoutMs, () => task(db)).catch((error: unknown) => {
        throw writeError(path, error, doing);
      });
    },
    close: () => db.destroy(),
  };
}
