import type { Collection } from "@argus/core";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { assertKnown } from "./known-cameras.ts";
import { MAX_COLLECTION_CAMERAS } from "./limits.ts";
import { personalFull } from "./personal-errors.ts";
import { portionsOf } from "./personal-engine.ts";

/** Returns how many were not in it. The caller keeps `camera_count` in step. */
export async function addCameras(
  db: Kysely<Tables>,
  { id, name, camera_count }: Pick<Collection, "id" | "name" | "camera_count">,
  cameraIds: readonly string[],
  { mustBeKnown }: { mustBeKnown: boolean },
): Promise<number> {
  let added = 0;
  for (const portion of portionsOf([...new Set(cameraIds)])) {
    const fresh = await notInside(db, id, portion);
    if (fresh.length === 0) continue;
    if (mustBeKnown) await assertKnown(db, fresh);
    added += fresh.length;
    if (camera_count + added > MAX_COLLECTION_CAMERAS)
      throw personalFull(`cameras in the collection ${name}`, MAX_COLLECTION_CAMERAS);
    const rows = fresh.map((camera_id) => ({ collection_id: id, camera_id }));
    await db.insertInto("collection_cameras").values(rows).execute();
  }
  return added;
}

async function notInside(db: Kysely<Tables>, id: string, cameraIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom("collection_cameras")
    .select("camera_id")
    .where("collection_id", "=", id)
    .where("camera_id", "in", cameraIds)
    .execute();
  const inside = new Set(rows.map(({ camera_id }) => camera_id));
  return cameraIds.filter((cameraId) => !inside.has(cameraId));
}

/** Returns how many were in it. The caller keeps `camera_count` in step. */
export async function removeCameras(db: Kysely<Tables>, id: string, cameraIds: readonly string[]): Promise<number> {
  let removed = 0;
  for (const portion of portionsOf([...new Set(cameraIds)])) {
    const { numDeletedRows } = await db
      .deleteFrom("collection_cameras")
      .where("collection_id", "=", id)
      .where("camera_id", "in", portion)
      .executeTakeFirst();
    removed += Number(numDeletedRows);
  }
  return removed;
}
