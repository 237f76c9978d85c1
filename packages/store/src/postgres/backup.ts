import { silentLog } from "@argus/core";
import { type Kysely, sql } from "kysely";

import { fileExists, noDatabase, schemaOlder } from "../errors.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { backupSqlite } from "../sqlite/backup.ts";
import { type CopyOptions, exists, removeDatabase, unfinished } from "../sqlite/copy-file.ts";
import { checkPlace } from "../sqlite/file-header.ts";
import { openSqliteEngine } from "../sqlite/open-sqlite-engine.ts";
import type { StoreEngine, WriteTransaction } from "../store-engine.ts";
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
    } finally {
      await file.close();
    }
    // Checks what it copies.
    await backupSqlite(made, target, options.signal === undefined ? {} : { signal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    await source.close();
    await removeDatabase(made);
  }
}

type Portion =
  | { readonly table: "cameras"; readonly rows: readonly CameraRow[] }
  | { readonly table: Exclude<keyof Tables, "cameras">; readonly rows: readonly never[] };

async function copySnapshot(
  { db, name }: { db: Kysely<Tables>; name: string },
  file: StoreEngine,
  options: CopyOptions,
): Promise<void> {
  await sql.raw(SNAPSHOT).execute(db);
  try {
    await copyPortions(readPortions(db, name), file, { ...options, total: await count(db) });
  } finally {
    // Fails only on a connection that is lost, and then whatever was under way says so.
    await sql`rollback`.execute(db).catch(() => {});
  }
}

async function copyPortions(
  portions: AsyncGenerator<Portion, undefined>,
  file: StoreEngine,
  { signal, progress, total }: CopyOptions & { total: number },
): Promise<void> {
  let done = 0;
  for (let isOver = false; !isOver;) {
    await file.write("copying a registry to it", async (transaction) => {
      for (let n = 0; n < PORTIONS_PER_WRITE && !isOver; n += 1) {
        signal?.throwIfAborted();
        const { value: portion } = await portions.next();
        isOver = portion === undefined;
        if (portion !== undefined) await copyPortion(transaction, portion);
        if (portion?.table === "cameras") done += portion.rows.length;
      }
    });
    progress?.({ done, total });
  }
}

async function copyPortion(transaction: WriteTransaction, portion: Portion): Promise<void> {
  if (portion.table === "cameras") return copyCameras(transaction, "sqlite", portion.rows);
  // The one table that is never empty.
  if (portion.table === "registry_state") await transaction.db.deleteFrom(portion.table).execute();
  await transaction.db.insertInto(portion.table).values(portion.rows).execute();
}

/** All rows of all tables; what fails here is the server's, though a write of the file waits for it. */
async function* readPortions(db: Kysely<Tables>, name: string): AsyncGenerator<Portion, undefined> {
  try {
    for (const table of TABLE_NAMES) {
      const order = sql.raw(table === "cameras" ? " order by pk" : "");
      await sql`declare copied no scroll cursor for select * from ${sql.table(table)}${order}`.execute(db);
      for (;;) {
        const { rows } = await sql<never>`fetch ${sql.lit(PORTION)} from copied`.execute(db);
        if (rows.length === 0) break;
        yield { table, rows };
      }
      await sql`close copied`.execute(db);
    }
  } catch (error) {
    throw readError(name, error, "copying it");
  }
}

async function count(db: Kysely<Tables>): Promise<number> {
  const { n } = await db
    .selectFrom("cameras")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}
