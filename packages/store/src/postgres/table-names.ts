import type { Tables } from "../tables.ts";

const TABLES: Readonly<Record<keyof Tables, true>> = {
  cameras: true,
  scrapes: true,
  source_state: true,
  registry_state: true,
  favourites: true,
  notes: true,
  collections: true,
  collection_cameras: true,
  walls: true,
  personal_state: true,
  source_settings: true,
};

/** The names of Argus's tables. */
export const TABLE_NAMES: readonly (keyof Tables)[] = Object.keys(TABLES) as (keyof Tables)[];

/** The text index; SQLite's has the same name and another form. */
export const TEXT_TABLE = "camera_text";
