import { type Kysely, sql } from "kysely";
import type pg from "pg";

import { foreignTables, openFailed, schemaNewer } from "../errors.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "../migrations/all.ts";
import { migrate, type SchemaVersion } from "../migrations/migrate.ts";
import { columnTypes } from "./column-types.ts";
import { onOneConnection } from "./one-connection.ts";
import { TABLE_NAMES, TEXT_TABLE } from "./table-names.ts";
import { TAKE_WRITERS_PLACE } from "./writers-place.ts";

/** What SQL, and what the driver, rely on. */
const OLDEST_SERVER = 140_000;
const OLDEST_SERVER_NAME = "14";
/** A step over millions of rows, or waiting for another server's, may take this long. */
const LONGEST_STEP_MS = 30 * 60_000;

type Facts = {
  server: number;
  encoding: string;
  schema: string | null;
  has_version: boolean;
  taken: string | null;
};

/** A database that is Argus's or free. */
export type FoundSchema = {
  readonly schema: string;
  /** Null where there is no registry. */ readonly version: number | null;
};

/**
 * Looks whether a database is Argus's or free, and whether this program can use it. Changes nothing.
 * @throws ArgusError ARGUS_STORE_FOREIGN_DATABASE, _SCHEMA_NEWER, _OPEN_FAILED.
 */
export async function inspectSchema(client: pg.ClientBase, name: string): Promise<FoundSchema> {
  const facts = await readFacts(client);
  if (facts.server < OLDEST_SERVER) {
    throw openFailed(name, `its server is too old; use PostgreSQL ${OLDEST_SERVER_NAME} or newer`);
  }
  if (facts.encoding !== "UTF8") {
    throw openFailed(name, `its encoding is ${facts.encoding}; create the database with encoding 'UTF8'`);
  }
  if (facts.schema === null) {
    throw openFailed(name, "no schema of the search_path is there; create one, or correct the search_path");
  }
  if (!facts.has_version && facts.taken !== null) throw foreignTables(name, facts.taken);
  const version = facts.has_version ? await readVersion(client) : null;
  if (version !== null && version > SCHEMA_VERSION) throw schemaNewer(name, version, SCHEMA_VERSION);
  return { schema: facts.schema, version };
}

/** Brings the schema of an inspected database up to date. Several programs may do so at once. */
export async function migrateSchema(client: pg.ClientBase): Promise<void> {
  const db = onOneConnection(client, { queryTimeoutMs: LONGEST_STEP_MS, plugins: [columnTypes] });
  await migrate(db as unknown as Kysely<unknown>, MIGRATIONS, schemaVersion);
}

// One statement sees one moment: a migration of another program is either all there or not yet.
async function readFacts(client: pg.ClientBase): Promise<Facts> {
  const { rows } = await client.query<Facts>(
    `select current_setting('server_version_num')::integer as server, current_setting('server_encoding') as encoding,
      current_schema() as schema,
      exists (select from pg_tables where schemaname = current_schema() and tablename = 'argus_schema') as has_version,
      (select relname from pg_class where relnamespace = to_regnamespace(quote_ident(current_schema()))
        and relname = any($1) limit 1) as taken`,
    [[...TABLE_NAMES, TEXT_TABLE]],
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error("the server told nothing of itself");
  return facts;
}

/** The version of the schema that the connection works in. */
export async function readVersion(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ version: number }>("select version from argus_schema");
  return rows[0]?.version ?? 0;
}

const schemaVersion: SchemaVersion = {
  engine: "postgres",
  begin: `begin; set local statement_timeout = ${LONGEST_STEP_MS}; set local lock_timeout = ${LONGEST_STEP_MS}; ${TAKE_WRITERS_PLACE}`,
  async read(db) {
    const { rows: found } = await sql`
      select from pg_tables where schemaname = current_schema() and tablename = 'argus_schema'`.execute(db);
    if (found.length === 0) return 0;
    const { rows } = await sql<{ version: number }>`select version from argus_schema`.execute(db);
    return rows[0]?.version ?? 0;
  },
  async write(db, version) {
    await sql`create table if not exists argus_schema (
      only_row boolean primary key default true check (only_row), version integer not null)`.execute(db);
    await sql`insert into argus_schema (version) values (${version})
      on conflict (only_row) do update set version = excluded.version`.execute(db);
  },
};
