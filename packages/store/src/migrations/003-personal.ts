import type { Kysely, SchemaModule } from "kysely";

import type { Migration } from "./migration.ts";

/**
 * What somebody keeps besides the registry. Cameras are named by their ids and not by reference, so that nothing that
 * happens to the registry takes it away.
 */
export const personal: Migration = {
  version: 3,
  async up(db) {
    await createFavourites(db.schema);
    await createCollections(db);
    await createWalls(db.schema);
    await createState(db.schema);
  },
};

async function createFavourites(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("favourites")
    .addColumn("camera_id", "text", (column) => column.primaryKey())
    .addColumn("added_at", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("notes")
    .addColumn("camera_id", "text", (column) => column.primaryKey())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .execute();
}

async function createCollections({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("collections")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("name_key", "text", (column) => column.notNull().unique())
    .addColumn("description", "text")
    .addColumn("camera_count", "integer", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("collection_cameras")
    .addColumn("collection_id", "text", (column) => column.notNull())
    .addColumn("camera_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("collection_cameras_pk", ["collection_id", "camera_id"])
    .execute();
  await schema.createIndex("collections_of_camera").on("collection_cameras").column("camera_id").execute();
}

async function createWalls(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("walls")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("columns", "integer", (column) => column.notNull())
    .addColumn("cells", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .execute();
}

async function createState(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("personal_state")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("seq", "integer", (column) => column.notNull())
    .execute();
}
