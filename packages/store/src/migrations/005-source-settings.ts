import type { Migration } from "./migration.ts";

/**
 * What somebody has set about sources. A source is named by its id and not by reference: it may be uninstalled and come
 * back.
 */
export const sourceSettings: Migration = {
  version: 5,
  async up(db) {
    await db.schema
      .createTable("source_settings")
      .addColumn("source_id", "text", (column) => column.primaryKey())
      // 1, 0, or null while nobody has said.
      .addColumn("enabled", "integer")
      .addColumn("options", "text", (column) => column.notNull())
      .addColumn("notice_accepted_at", "text")
      .addColumn("notice_hash", "text")
      .addColumn("updated_at", "text", (column) => column.notNull())
      .execute();
  },
};
