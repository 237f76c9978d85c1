import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";

/** How many rows a table of personal things has. */
export async function countRows(
  db: Kysely<Tables>,
  table: "favourites" | "notes" | "collections" | "walls",
): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .executeTakeFirstOrThrow();
  // PostgreSQL counts in bigint, which drivers may give as text.
  return Number(count);
}
