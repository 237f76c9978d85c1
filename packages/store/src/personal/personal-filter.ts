import type { CameraFilter } from "@argus/core";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import type { PersonalEngine } from "./personal-engine.ts";

export type PersonalFilter = Pick<CameraFilter, "favourite" | "collection">;

/**
 * The pks of the registry's cameras, gone ones included, that a filter's `favourite` and `collection` select: those in
 * both where both are given; null where neither is. Collections that do not exist hold none.
 */
export async function pksOf(
  engine: Pick<PersonalEngine, "read">,
  { favourite, collection }: PersonalFilter,
): Promise<Uint32Array | null> {
  if (favourite === undefined && collection === undefined) return null;
  return engine.read("reading which cameras are favourites or in collections", async (db) => {
    const rows = await select(db, { favourite, collection });
    return Uint32Array.from(rows, ({ pk }) => pk);
  });
}

async function select(
  db: Kysely<Tables>,
  { favourite, collection }: { [Key in keyof PersonalFilter]: PersonalFilter[Key] | undefined },
): Promise<{ pk: number }[]> {
  let query = db.selectFrom("cameras").select("pk");
  if (favourite !== undefined)
    query = query.where("id", "in", (inner) => inner.selectFrom("favourites").select("camera_id"));
  if (collection !== undefined)
    query = query.where("id", "in", (inner) =>
      inner.selectFrom("collection_cameras").select("camera_id").where("collection_id", "in", collection),
    );
  return query.execute();
}
