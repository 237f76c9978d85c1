import type { Migration } from "./migration.ts";

/** Which snapshot of the index belongs to this database; see snapshot/index-snapshot.ts. */
export const indexSnapshot: Migration = {
  version: 4,
  async up(db) {
    await db.schema.alterTable("registry_state").addColumn("index_snapshot", "text").execute();
  },
};
