import type { Camera, Collection, Favourite, Note, Scrape, SourceSettings, Wall } from "@argus/core";
import type { Generated } from "kysely";

/** A camera's row: the fields of `Camera` under their own names, tags as JSON text. */
export type CamerasTable = Omit<Camera, "tags"> & {
  tags: string;
  pk: Generated<number>;
  /** The registry's change sequence when the row was last written. */
  change_seq: number;
  /** What the source told, as 52 bits; see hash.ts. */
  listing_hash: Generated<number>;
  stream_url_hash: number | null;
  snapshot_url_hash: number | null;
  /**
   * Where its place or its URLs have changed since it was last compared with others: what they were then, as JSON text
   * of [lat, lon, stream_url_hash, snapshot_url_hash].
   */
  former_place: string | null;
};

/** A scrape's row, its sources as JSON text; `saved_at` is null where an earlier version of Argus has saved it. */
export type ScrapesTable = Omit<Scrape, "sources"> & {
  sources: string;
  pk: Generated<number>;
  saved_at: string | null;
};

/** When a scrape last listed all of a source; see last-seen.ts. */
export type SourceStateTable = { source_id: string; complete_at: string };

/**
 * One row, id 1: the sequence of the last batch that changed a camera, the token of the index's snapshot, and the place
 * in the order of (change_seq, pk) up to which cameras have been compared with those of other sources.
 */
export type RegistryStateTable = {
  id: number;
  change_seq: number;
  index_snapshot: string | null;
  linked_seq: Generated<number>;
  linked_pk: Generated<number>;
};

/** A collection's row; `name_key` is its name folded, which no two share. */
export type CollectionsTable = Collection & { name_key: string };

/** Which cameras are in which collection; the cameras by id, for the registry may forget one. */
export type CollectionCamerasTable = { collection_id: string; camera_id: string };

/** A wall's row, its cells as JSON text. */
export type WallsTable = Omit<Wall, "cells"> & { cells: string };

/** At most one row, id 1: how often favourites, or which cameras are in collections, have changed. */
export type PersonalStateTable = { id: number; seq: number };

/** What somebody has set about a source: `enabled` as 1 or 0, its options and what is held as JSON text. */
export type SourceSettingsTable = Omit<SourceSettings, "enabled" | "options" | "held"> & {
  enabled: number | null;
  options: string;
  held: string | null;
};

export type Tables = {
  cameras: CamerasTable;
  scrapes: ScrapesTable;
  source_state: SourceStateTable;
  registry_state: RegistryStateTable;
  favourites: Favourite;
  notes: Note;
  collections: CollectionsTable;
  collection_cameras: CollectionCamerasTable;
  walls: WallsTable;
  personal_state: PersonalStateTable;
  source_settings: SourceSettingsTable;
};
