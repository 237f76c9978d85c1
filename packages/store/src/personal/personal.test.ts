import BetterSqlite3 from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";

import { registry } from "../migrations/001-registry.ts";
import { personal } from "../migrations/003-personal.ts";
import { ROW_COLUMNS } from "../row-values.ts";
import type { RowValues, StoreEngine, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { describePersonal } from "../testing/personal-contract.ts";

async function tinyEngine(): Promise<Pick<StoreEngine, "read" | "write" | "close">> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new BetterSqlite3(":memory:") }) });
  await registry.up(db as Kysely<unknown>);
  for (const column of ["listing_hash", "stream_url_hash", "snapshot_url_hash"])
    await db.schema.alterTable("cameras").addColumn(column, "integer").execute();
  await personal.up(db as Kysely<unknown>);
  return {
    read: (_doing, task) => task(db),
    write: (_doing, task) =>
      db.transaction().execute((inner) =>
        task({
          db: inner,
          async insertCameras(rows: readonly RowValues[]) {
            for (const row of rows) {
              const values = Object.fromEntries(ROW_COLUMNS.map((column, at) => [column, row[at]]));
              await inner
                .insertInto("cameras")
                .values({ ...values, health_status: "unknown" } as never)
                .execute();
            }
          },
        } as unknown as WriteTransaction),
      ),
    close: () => db.destroy(),
  };
}

describePersonal("on a tiny engine", tinyEngine);
