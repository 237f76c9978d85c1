import { type Kysely, sql } from "kysely";

import type { StoreEngine } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import type { ChangePlace, Look } from "./look.ts";

/** What was found out by comparing cameras up to a place among the changes. */
export type NewLinks = {
  readonly links: readonly { look: Look; duplicate_of: string | null }[];
  /** Cameras whose former place has been taken into account. */
  readonly seen: readonly Look[];
  readonly place: ChangePlace;
};

/** How far cameras have been compared. */
export async function readLinkedPlace(db: Kysely<Tables>): Promise<ChangePlace> {
  const { linked_seq, linked_pk } = await db
    .selectFrom("registry_state")
    .select(["linked_seq", "linked_pk"])
    .where("id", "=", 1)
    .executeTakeFirstOrThrow();
  return { change_seq: linked_seq, pk: linked_pk };
}

/** Within a transaction; `change_seq`: what it has claimed for the cameras whose links change. */
export async function writeLinks(
  db: Kysely<Tables>,
  kind: StoreEngine["kind"],
  { links, seen, place }: NewLinks,
  change_seq: number,
): Promise<void> {
  for (const look of seen) await forgetFormerPlace(db, look);
  if (links.length > 0) await setLinks(db, kind, links, change_seq);
  await db
    .updateTable("registry_state")
    .set({ linked_seq: place.change_seq, linked_pk: place.pk })
    .where("id", "=", 1)
    .execute();
}

async function forgetFormerPlace(db: Kysely<Tables>, look: Look): Promise<void> {
  // If it has changed again meanwhile, it comes from where it was seen now.
  const { lat, lon, stream_url_hash, snapshot_url_hash } = look;
  const seenAt = JSON.stringify([lat, lon, stream_url_hash, snapshot_url_hash]);
  await db
    .updateTable("cameras")
    .set((eb) => ({ former_place: eb.case().when("change_seq", "=", look.change_seq).then(null).else(seenAt).end() }))
    .where("pk", "=", look.pk)
    .execute();
}

// One statement for thousands. The two engines tell JSON's elements apart by other names.
async function setLinks(
  db: Kysely<Tables>,
  kind: StoreEngine["kind"],
  links: NewLinks["links"],
  change_seq: number,
): Promise<void> {
  const json = JSON.stringify(links.map(({ look, duplicate_of }) => [look.pk, duplicate_of]));
  const made =
    kind === "postgres" ? sql`json_array_elements(${json}::json) as made (value)` : sql`json_each(${json}) as made`;
  const pk = sql.raw(kind === "postgres" ? "(made.value ->> 0)::bigint" : "made.value ->> 0");
  await sql`update cameras set duplicate_of = made.value ->> 1, change_seq = ${sql.lit(change_seq)}
    from ${made} where cameras.pk = ${pk}`.execute(db);
}
