import { type Kysely, sql } from "kysely";

import { urlHash } from "../hash.ts";
import type { Tables } from "../tables.ts";
import type { Migration, MigrationEngine } from "./migration.ts";

/** Rows looked at at once: a few milliseconds of work. */
const PORTION = 1000;

/** Which camera stands for which, and how far cameras have been compared; see duplicates/link-duplicates.ts. */
export const duplicates: Migration = {
  version: 6,
  async up(db, engine) {
    await addColumns(db);
    await rehashUrls(db, engine);
  },
};

async function addColumns(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("cameras").addColumn("duplicate_of", "text").execute();
  await db.schema.alterTable("cameras").addColumn("former_place", "text").execute();
  // Few cameras have one.
  await sql`create index cameras_by_duplicate on cameras (duplicate_of) where duplicate_of is not null`.execute(db);
  for (const column of ["linked_seq", "linked_pk"])
    await db.schema
      .alterTable("registry_state")
      .addColumn(column, "integer", (definition) => definition.notNull().defaultTo(0))
      .execute();
}

/** URLs of the same picture have the same hash from now on; see image-key.ts. */
async function rehashUrls(db: Kysely<Tables>, engine: MigrationEngine): Promise<void> {
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom("cameras")
      .select(["pk", "stream_url", "snapshot_url", "stream_url_hash", "snapshot_url_hash"])
      .where("pk", ">", last)
      .orderBy("pk")
      .limit(PORTION)
      .execute();
    if (rows.length === 0) return;
    last = rows.at(-1)?.pk ?? last;
    const changed = rows
      .map((row) => ({ ...row, stream: urlHash(row.stream_url), snapshot: urlHash(row.snapshot_url) }))
      .filter((row) => row.stream !== row.stream_url_hash || row.snapshot !== row.snapshot_url_hash);
    if (changed.length > 0)
      await write(
        db,
        engine,
        changed.map(({ pk, stream, snapshot }) => [pk, stream, snapshot]),
      );
  }
}

async function write(
  db: Kysely<Tables>,
  engine: MigrationEngine,
  rows: readonly (readonly (number | null)[])[],
): Promise<void> {
  const json = JSON.stringify(rows);
  const made =
    engine === "sqlite" ? sql`json_each(${json}) as made` : sql`json_array_elements(${json}::json) as made (value)`;
  const at = (n: number) => sql.raw(engine === "sqlite" ? `made.value ->> ${n}` : `(made.value ->> ${n})::bigint`);
  await sql`update cameras set stream_url_hash = ${at(1)}, snapshot_url_hash = ${at(2)}
    from ${made} where cameras.pk = ${at(0)}`.execute(db);
}
