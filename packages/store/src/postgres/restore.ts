import { tmpdir } from "node:os";
import { join } from "node:path";

import { silentLog } from "@argus/core";
import { type Kysely, sql } from "kysely";

import { notEmptyServer } from "../errors.ts";
import { type CopyOptions, copyRegistry, removeDatabase, unfinished } from "../sqlite/copy-file.ts";
import { openSqliteEngine } from "../sqlite/open-sqlite-engine.ts";
import type { StoreEngine, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { type CameraRow, copyCameras } from "./copy-cameras.ts";
import { openPostgresEngine } from "./open-postgres-engine.ts";
import { refuseOthers } from "./refuse-others.ts";
import { TABLE_NAMES, TEXT_TABLE } from "./table-names.ts";

/** Rows in memory at once. */
const PORTION = 500;
const BUSY_TIMEOUT_MS = 10_000;
/** What every registry has from the beginning. */
const ALWAYS_THERE: keyof Tables = "registry_state";

export type RestoreOptions = CopyOptions & {
  /** Also where there are rows, which are lost then. */
  overwrite?: boolean;
};

/**
 * Loads a registry's SQLite file, a backup of whichever engine, into a PostgreSQL database, all of it or nothing. The
 * file is verified first, and left as it is: a copy is brought up to date where it is of an older version.
 * @throws ArgusError ARGUS_STORE_NOT_EMPTY, ARGUS_STORE_LOCKED where rows would be lost while another Argus is connected, what openPostgresEngine
 * and openSqliteEngine throw, _WRITE_FAILED; the signal's reason. Then the database is as it was.
 */
export async function restorePostgres(file: string, url: string, options: RestoreOptions = {}): Promise<void> {
  const engineOptions = { busyTimeoutMs: BUSY_TIMEOUT_MS, log: silentLog };
  // Others follow what is added, but would never hear of what is lost.
  if (options.overwrite === true) await refuseOthers(url, engineOptions);
  const target = await openPostgresEngine(url, engineOptions);
  const copy = unfinished(join(tmpdir(), "argus-restore"));
  try {
    if (options.overwrite !== true) await refuseRows(target);
    await copyRegistry(file, copy, options.signal === undefined ? {} : { signal: options.signal });
    const source = await openSqliteEngine(copy, engineOptions);
    try {
      await target.write(`restoring ${file}`, (transaction) => load(transaction, source, target.name, options));
    } finally {
      await source.close();
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    await target.close();
    await removeDatabase(copy);
  }
}

async function refuseRows(target: StoreEngine): Promise<void> {
  await target.read("looking whether it is empty", (db) => assertEmpty(db, target.name));
}

async function assertEmpty(db: Kysely<Tables>, name: string): Promise<void> {
  for (const table of TABLE_NAMES) {
    if (table === ALWAYS_THERE) continue;
    const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length > 0) throw notEmptyServer(name, table);
  }
}

async function load(
  transaction: WriteTransaction,
  source: StoreEngine,
  name: string,
  { signal, progress, overwrite = false }: RestoreOptions,
): Promise<void> {
  const { db } = transaction;
  if (overwrite)
    await sql`truncate ${sql.join([...TABLE_NAMES, TEXT_TABLE].map((table) => sql.table(table)))}`.execute(db);
  // Again, now that nobody can come between.
  else await assertEmpty(db, name);
  await db.deleteFrom(ALWAYS_THERE).execute();
  const { rows: counts } = await source.stats();
  const total = counts["cameras"] ?? 0;
  for (const table of TABLE_NAMES) {
    let done = 0;
    for await (const rows of readTable(source, table)) {
      signal?.throwIfAborted();
      if (table === "cameras") await copyCameras(transaction, "postgres", rows as unknown as CameraRow[]);
      else await db.insertInto(table).values(rows).execute();
      done += rows.length;
      if (table === "cameras") progress?.({ done, total });
    }
  }
  // Numbers that came with their rows are not given out again.
  await sql`select setval(pg_get_serial_sequence('scrapes', 'pk'), greatest(1, (select max(pk) from scrapes)))`.execute(
    db,
  );
}

/** All rows of a table of a SQLite file in portions. */
async function* readTable(source: StoreEngine, table: keyof Tables): AsyncGenerator<object[], void> {
  for (let last = 0; ;) {
    const rows = await source.read(`reading ${table}`, async (db) => {
      const query = sql<{ row_number: number }>`select rowid as row_number, * from ${sql.table(table)}
        where rowid > ${last} order by rowid limit ${PORTION}`;
      return (await query.execute(db)).rows;
    });
    if (rows.length === 0) return;
    last = rows.at(-1)?.row_number ?? last;
    yield rows.map(({ row_number: _number, ...row }) => row);
  }
}
