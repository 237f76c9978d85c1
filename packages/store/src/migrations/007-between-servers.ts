import type { Migration } from "./migration.ts";

/** What servers of one registry, and a server and its next start, have to tell each other. */
export const betweenServers: Migration = {
  version: 7,
  async up(db) {
    // A listing that waits for somebody's word, as JSON.
    await db.schema.alterTable("source_settings").addColumn("held", "text").execute();
    // When a scrape was last saved: while somebody runs it, this goes on.
    await db.schema.alterTable("scrapes").addColumn("saved_at", "text").execute();
  },
};
