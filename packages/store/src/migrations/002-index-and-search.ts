import type { ListedCamera } from "@argus/core";
import { type Kysely, sql } from "kysely";

import { LISTED_KEYS } from "../camera-record.ts";
import { listingHash, urlHash } from "../hash.ts";
import { searchTokens } from "../search/terms.ts";
import type { Tables } from "../tables.ts";
import type { Migration } from "./migration.ts";

/** Rows filled in at once: a few milliseconds of work. */
const PORTION = 500;
/** FTS5 sorts as many bytes of a transaction's tokens in memory before it writes them; a batch of 10,000 cameras fits. */
const HASH_BYTES = 16_000_000;

/** What the index in memory is built from, and the words that cameras are found by. */
export const indexAndSearch: Migration = {
  version: 2,
  async up(db, engine) {
    await addHashes(db);
    if (engine === "sqlite") {
      await createSqliteText(db);
      await fillIn(db);
    } else await createPostgresText(db);
  },
};

async function addHashes(db: Kysely<unknown>): Promise<void> {
  const table = (): ReturnType<typeof db.schema.alterTable> => db.schema.alterTable("cameras");
  await table()
    .addColumn("listing_hash", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
  await table().addColumn("stream_url_hash", "bigint").execute();
  await table().addColumn("snapshot_url_hash", "bigint").execute();
}

// Tokens come ready made, so `ascii` only has to split at spaces; what they are is in search/terms.ts. The first letters
// of a word, while it is typed, begin so many that they have an index of their own: a tenth of the time of writing.
async function createSqliteText(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table camera_text using fts5(
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '2 3')`.execute(db);
  await sql`insert into camera_text(camera_text, rank) values ('hashsize', ${sql.lit(HASH_BYTES)})`.execute(db);
}

// A table of its own: a search reads a few megabytes instead of all that cameras hold, and what health checks write
// leaves the index alone. No server holds rows of version 1, so there is nothing to fill in.
async function createPostgresText(db: Kysely<unknown>): Promise<void> {
  await sql`create table camera_text (pk bigint primary key, tokens tsvector not null)`.execute(db);
  await sql`create index camera_text_by_token on camera_text using gin (tokens)`.execute(db);
}

/** Files of version 1 hold rows without hashes and tokens. */
async function fillIn(db: Kysely<Tables>): Promise<void> {
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom("cameras")
      .select(["pk", ...LISTED_KEYS])
      .where("pk", ">", last)
      .orderBy("pk")
      .limit(PORTION)
      .execute();
    if (rows.length === 0) return;
    last = rows.at(-1)?.pk ?? last;
    const values = JSON.stringify(
      rows.map(({ pk, ...row }) => derived(pk, { ...row, tags: JSON.parse(row.tags) as string[] })),
    );
    await sql`
      update cameras set listing_hash = made.value ->> 1, stream_url_hash = made.value ->> 2,
        snapshot_url_hash = made.value ->> 3
      from json_each(${values}) as made where cameras.pk = made.value ->> 0
    `.execute(db);
    await sql`
      insert into camera_text(rowid, tokens) select value ->> 0, value ->> 4 from json_each(${values})
    `.execute(db);
  }
}

function derived(pk: number, listed: ListedCamera): (number | string | null)[] {
  return [pk, listingHash(listed), urlHash(listed.stream_url), urlHash(listed.snapshot_url), searchTokens(listed)];
}
