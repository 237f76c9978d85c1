import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { camerasUnknown } from "./personal-errors.ts";
import { portionsOf } from "./personal-engine.ts";

/** @throws ArgusError ARGUS_CAMERA_UNKNOWN naming those that the registry has never had; gone ones are known */
export async function assertKnown(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  const unknown = new Set(ids);
  for (const portion of portionsOf([...unknown])) {
    const rows = await db.selectFrom("cameras").select("id").where("id", "in", portion).execute();
    for (const { id } of rows) unknown.delete(id);
  }
  if (unknown.size > 0) throw camerasUnknown([...unknown]);
}
