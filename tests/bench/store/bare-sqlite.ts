import { setImmediate } from "node:timers/promises";

import { CameraStore } from "@argus/store";
import Database from "better-sqlite3";

import type { SyntheticCameras } from "../../support/synthetic-cameras.ts";
import { newRows, type Row, ROW_COLUMNS } from "./store-rows.ts";

const MS_PER_S = 1000;

/** `text`: whether the text index is written too. */
export type BareOptions = { batch: number; text: boolean };

/**
 * Cameras a second that a loop over better-sqlite3 alone puts into the store's own tables, in transactions as durable
 * as the store's. What the store works out about a camera is worked out while the clock stands.
 */
export async function bareRate(cameras: SyntheticCameras, file: string, { batch, text }: BareOptions): Promise<number> {
  await makeTables(file);
  const database = new Database(file);
  try {
    database.pragma("journal_mode = wal");
    database.pragma("synchronous = full");
    const insert = prepare(database, text);
    let ms = 0;
    for (let from = 0; from < cameras.count; from += batch) {
      const rows = newRows(cameras, from, batch);
      const started = performance.now();
      insert(rows);
      ms += performance.now() - started;
      await setImmediate();
    }
    return (cameras.count / ms) * MS_PER_S;
  } finally {
    database.close();
  }
}

function prepare(database: Database.Database, text: boolean): (rows: readonly Row[]) => void {
  const columns = [...ROW_COLUMNS, "health_status"];
  const camera = database.prepare(
    `insert into cameras (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`,
  );
  const index = text ? database.prepare(`insert into ${textTable(database)} (rowid, tokens) values (?, ?)`) : null;
  return database.transaction((rows: readonly Row[]) => {
    for (const row of rows) {
      camera.run(...row.slice(0, ROW_COLUMNS.length), "unknown");
      index?.run(row[0], row.at(-1));
    }
  });
}

function textTable(database: Database.Database): string {
  const found = database
    .prepare<[], string>("select name from sqlite_schema where sql like '%using fts5%'")
    .pluck()
    .get();
  if (found === undefined) throw new Error("the store's file has no text index");
  return found;
}

async function makeTables(url: string): Promise<void> {
  await using store = new CameraStore({ url });
  await store.connect();
}
