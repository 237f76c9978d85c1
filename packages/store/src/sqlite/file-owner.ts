import { type Kysely, sql } from "kysely";

import { foreignDatabase, openFailed, schemaNewer } from "../errors.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import type { SchemaVersion } from "../migrations/migrate.ts";
import type { DatabaseThread } from "./database-thread.ts";

/** "Args" in ASCII: marks the file as Argus's, see https://www.sqlite.org/pragma.html#pragma_application_id. */
export const APPLICATION_ID = 0x41_72_67_73;
const SYNCHRONOUS_FULL = 2;
/** In one statement, which sees one state: another program may be making the schema just now. */
const OWNER = `select user_version, application_id, (select count(*) from sqlite_schema)
  from pragma_user_version, pragma_application_id`;

/** The single value of a statement. */
export async function readNumber(thread: DatabaseThread, query: string): Promise<number> {
  const [row] = await thread.ask({ kind: "rows", sql: query, parameters: [] });
  return Number(row?.[0]);
}

/**
 * Makes sure that the file is Argus's, or empty, and of a version this program knows. Only reads; returns the version.
 * @throws ArgusError ARGUS_STORE_FOREIGN_DATABASE, ARGUS_STORE_SCHEMA_NEWER.
 */
export async function checkOwner(thread: DatabaseThread, path: string): Promise<number> {
  const [row] = await thread.ask({ kind: "rows", sql: OWNER, parameters: [] });
  const [version = 0, owner = 0, objects = 0] = (row ?? []).map(Number);
  if (owner !== APPLICATION_ID && (objects > 0 || version > 0)) throw foreignDatabase(path);
  if (version > SCHEMA_VERSION) throw schemaNewer(path, version, SCHEMA_VERSION);
  return version;
}

/** What is committed stays, whatever happens to the program or its power. */
export async function makeDurable(thread: DatabaseThread, path: string): Promise<void> {
  const [row] = await thread.ask({ kind: "rows", sql: "pragma journal_mode = wal", parameters: [] });
  if (row?.[0] !== "wal") throw openFailed(path, "its file system has no write-ahead log; put it on a local disk");
  // Entering WAL drops this library's SQLite to NORMAL, where a power cut loses commits: FULL is set after and proven.
  await runPragma(thread, "synchronous = full");
  if ((await readNumber(thread, "pragma synchronous")) !== SYNCHRONOUS_FULL) {
    throw openFailed(path, "SQLite did not accept synchronous = FULL");
  }
  await runPragma(thread, "foreign_keys = on");
}

export async function runPragma(thread: DatabaseThread, pragma: string): Promise<void> {
  await thread.ask({ kind: "query", sql: `pragma ${pragma}`, parameters: [], within: false });
}

/** The version of the schema, which SQLite keeps in the file's header. */
export const userVersion: SchemaVersion = {
  engine: "sqlite",
  begin: "begin immediate",
  async read(db: Kysely<unknown>) {
    const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
    return rows[0]?.user_version ?? 0;
  },
  async write(db: Kysely<unknown>, version: number) {
    // Pragmas take no parameters; both are numbers of this program's own.
    await sql.raw(`pragma application_id = ${APPLICATION_ID}`).execute(db);
    await sql.raw(`pragma user_version = ${version}`).execute(db);
  },
};
