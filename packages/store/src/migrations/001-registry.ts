import { type Kysely, type SchemaModule, sql } from "kysely";

import type { Migration } from "./migration.ts";

/** Cameras, the scrapes that found them, and where each source stands. */
export const registry: Migration = {
  version: 1,
  async up(db) {
    await createCameras(db.schema);
    await createScrapes(db.schema);
    await createState(db);
  },
};

async function createCameras(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("cameras")
    .addColumn("pk", "integer", (column) => column.primaryKey())
    .addColumn("change_seq", "integer", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull().unique())
    .addColumn("source_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("lat", "double precision")
    .addColumn("lon", "double precision")
    .addColumn("country", "text")
    .addColumn("region", "text")
    .addColumn("city", "text")
    .addColumn("heading_deg", "double precision")
    .addColumn("stream_url", "text")
    .addColumn("stream_kind", "text", (column) => column.notNull())
    .addColumn("snapshot_url", "text")
    .addColumn("page_url", "text")
    .addColumn("refresh_s", "double precision")
    .addColumn("tags", "text", (column) => column.notNull())
    .addColumn("manufacturer", "text")
    .addColumn("attribution", "text", (column) => column.notNull())
    .addColumn("licence", "text", (column) => column.notNull())
    .addColumn("terms_url", "text")
    .addColumn("first_seen_at", "text", (column) => column.notNull())
    .addColumn("last_seen_at", "text", (column) => column.notNull())
    .addColumn("gone_at", "text")
    .addColumn("health_status", "text", (column) => column.notNull())
    .addColumn("health_reason", "text")
    .addColumn("health_checked_at", "text")
    .addColumn("health_ok_at", "text")
    .addColumn("frame_changed_at", "text")
    .addColumn("scene_description", "text")
    .addColumn("scene_analyzed_at", "text")
    .addColumn("intel_brief", "text")
    .addColumn("intel_brief_generated_at", "text")
    .execute();
  // Reading what changed since n goes page by page through this order.
  await schema.createIndex("cameras_by_change").on("cameras").columns(["change_seq", "pk"]).execute();
}

async function createScrapes(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("scrapes")
    .addColumn("pk", "integer", (column) => column.primaryKey())
    .addColumn("id", "text", (column) => column.notNull().unique())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("sources", "text", (column) => column.notNull())
    .addColumn("started_at", "text", (column) => column.notNull())
    .addColumn("finished_at", "text")
    .execute();
}

async function createState(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("source_state")
    .addColumn("source_id", "text", (column) => column.primaryKey())
    .addColumn("complete_at", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("registry_state")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("change_seq", "integer", (column) => column.notNull())
    .execute();
  await sql`insert into registry_state (id, change_seq) values (1, 0)`.execute(db);
}
