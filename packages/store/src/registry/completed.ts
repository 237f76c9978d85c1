import type { IsoTime } from "@argus/core";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";

/** When each source was last listed completely; see last-seen.ts. */
export async function readCompleted(db: Kysely<Tables>): Promise<Map<string, IsoTime>> {
  const rows = await db.selectFrom("source_state").selectAll().execute();
  return new Map(rows.map((row) => [row.source_id, row.complete_at]));
}
