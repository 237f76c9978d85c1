import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";

const ONLY_ROW = 1;

/** Says to every program that favourites, or which cameras are in collections, have changed; part of that change. */
export async function markChanged(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto("personal_state")
    .values({ id: ONLY_ROW, seq: 1 })
    .onConflict((conflict) => conflict.column("id").doUpdateSet((eb) => ({ seq: eb("personal_state.seq", "+", 1) })))
    .execute();
}

/** Another one after each such change, and after each change of the registry, which may get to know a camera. */
export async function readVersion(db: Kysely<Tables>): Promise<string> {
  const row = await db
    .selectFrom("registry_state")
    .leftJoin("personal_state", "personal_state.id", "registry_state.id")
    .select(["registry_state.change_seq", "personal_state.seq"])
    .where("registry_state.id", "=", ONLY_ROW)
    .executeTakeFirstOrThrow();
  return `${row.change_seq}-${row.seq ?? 0}`;
}
