import { silentLog } from "@argus/core";
import { type Kysely, sql } from "kysely";

import { corrupt, fileExists, noDatabase, schemaOlder } from "../errors.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { backupSqlite } from "../sqlite/backup.ts";
import { type CopyOptions, exists, removeDatabase, unfinished } from "../sqlite/copy-file.ts";
import { checkPlace } from "../sqlite/file-header.ts";
import { openSqliteEngine } from "../sqlite/open-sqlite-engine.ts";
import type { StoreEngine } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { type CameraRow, copyCameras } from "./copy-cameras.ts";
import { openPostgresEngine } from "./open-postgres-engine.ts";
import { peekPostgres } from "./peek.ts";
import { readError } from "./postgres-errors.ts";
import { TABLE_NAMES } from "./table-names.ts";

/** Rows in memory at once. */
const PORTION = 500;
/** Portions written before the file is made lasting. */
const PORTIONS_PER_WRITE = 40;
const BUSY_TIMEOUT_MS = 10_000;
const SNAPSHOT = `begin isolation level repeatable read read only; set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0`;

/**
 * Copies a registry in PostgreSQL to a new SQLite file, while others read and write it. The copy holds one state of the
 * registry, that at the beginning; it is checked, and on the disk, before it has its name. Memory stays flat.
 * @throws ArgusError ARGUS_STORE_FILE_EXISTS, _NO_DATABASE, _SCHEMA_OLDER, _WRITE_FAILED, _READ_FAILED and what
 * openPostgresEngine throws; the signal's reason. Then there is no new file.
 */
export async function backupPostgres(url: string, target: string, options: CopyOptions = {}): Promise<void> {
  if (await exists(target)) throw fileExists(target, "name another file, or move this one away");
  checkPlace(target);
  const engineOptions = { busyTimeoutMs: BUSY_TIMEOUT_MS, log: silentLog };
  const { name, version } = await peekPostgres(url, engineOptions);
  if (version === null) throw noDatabase(name);
  // Opening it would bring it up to date, and perhaps that is what the backup is made before.
  if (version < SCHEMA_VERSION) throw schemaOlder(name, version, SCHEMA_VERSION);
  const made = unfinished(target);
  const source = await openPostgresEngine(url, engineOptions);
  try {
    const file = await openSqliteEngine(made, engineOptions);
    try {
      await source.read("copying it", (db) => copySnapshot({ db, name }, file, options));
      const found = await file.check(options.signal);
      if (found.length > 0) throw corrupt(name, "checking a copy of it", new Error(found.join("; ")));
    } finally {
      await file.close();
    }
    await backupSqlite(made, target, options.signal === undefined ? {} : { signal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    await source.close();
    await removeDatabase(made);
  }
}

type Source = { db: Kysely<Tables>; name: string };

async function copySnapshot(source: Source, file: StoreEngine, options: CopyOptions): Promise<void> {
  const { db } = source;
  await sql.raw(SNAPSHOT).execute(db);
  try {
    for (const table of TABLE_NAMES) await copyTable(source, file, table, options);
  } finally {
    await sql`rollback`.execute(db);
  }
}

async function copyTable(
  { db, name }: Source,
  file: StoreEngine,
  table: keyof Tables,
  { signal, progress }: CopyOptions,
): Promise<void> {
  const total = table === "cameras" ? await count(db) : 0;
  const order = table === "cameras" ? sql.raw(" order by pk") : sql.raw("");
  await sql`declare copied no scroll cursor for select * from ${sql.table(table)}${order}`.execute(db);
  for (let done = 0, isOver = false; !isOver;) {
    await file.write(`copying ${table}`, async (transaction) => {
      if (done === 0) await transaction.db.deleteFrom(table).execute();
      for (let n = 0; n < PORTIONS_PER_WRITE && !isOver; n += 1) {
        signal?.throwIfAborted();
        const rows = await fetchPortion(db, name);
        isOver = rows.length < PORTION;
        done += rows.length;
        if (rows.length === 0) break;
        if (table === "cameras") await copyCameras(transaction, "sqlite", rows.map(withoutTokens));
        else await transaction.db.insertInto(table).values(rows).execute();
      }
    });
    if (table === "cameras") progress?.({ done, total });
  }
  await sql`close copied`.execute(db);
}

// Within a write of the file: what fails here is not the file's.
async function fetchPortion(db: Kysely<Tables>, name: string): Promise<never[]> {
  try {
    return (await sql<never>`fetch ${sql.lit(PORTION)} from copied`.execute(db)).rows;
  } catch (error) {
    throw readError(name, error, "copying it");
  }
}

// The other engine makes its own.
function withoutTokens({ tokens: _tokens, ...row }: CameraRow & { tokens: string }): CameraRow {
  return row;
}

async function count(db: Kysely<Tables>): Promise<number> {
  const { n } = await db
    .selectFrom("cameras")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}
