import { z } from "zod";

import { MAX_PAGE_SIZE } from "./camera-filter.ts";
import { CameraId, CollectionId, WallId } from "./ids.ts";
import { IsoTime } from "./time.ts";

const MAX_NAME = 120;
const MAX_DESCRIPTION = 2000;
const MAX_NOTE = 10_000;
const MAX_WALL_COLUMNS = 12;
const MAX_WALL_CELLS = 144;
const MAX_CAMERA_CHANGES = 1000;

/** How many favourites, ids of cameras or notes a page may hold. */
export const MAX_PERSONAL_PAGE_SIZE: number = MAX_PAGE_SIZE;

const Name = z.string().trim().min(1).max(MAX_NAME);

/** A camera somebody likes to find again. */
export const Favourite = z.object({ camera_id: CameraId, added_at: IsoTime });
export type Favourite = z.infer<typeof Favourite>;

/** What somebody wrote about a camera; one for each. */
export const NoteText = z.string().trim().min(1).max(MAX_NOTE);
export const Note = z.object({ camera_id: CameraId, text: NoteText, updated_at: IsoTime });
export type Note = z.infer<typeof Note>;

/** What a note is written from. */
export const NoteInput = z.strictObject({ text: NoteText });
export type NoteInput = z.infer<typeof NoteInput>;

/** What a collection is made or renamed with. Names are distinct without regard to case and accents. */
export const CollectionInput = z.strictObject({
  name: Name,
  description: z.string().trim().min(1).max(MAX_DESCRIPTION).nullable().optional(),
});
export type CollectionInput = z.infer<typeof CollectionInput>;

/** Cameras under a name. */
export const Collection = z.object({
  id: CollectionId,
  name: Name,
  description: z.string().max(MAX_DESCRIPTION).nullable(),
  /** Gone cameras included. */
  camera_count: z.int().nonnegative(),
  created_at: IsoTime,
  /** When it was renamed, or its cameras changed. */
  updated_at: IsoTime,
});
export type Collection = z.infer<typeof Collection>;

/** Cameras to put into a collection and to take out of it; those in it already, and those not in it, are no error. */
export const CollectionCamerasChange = z.strictObject({
  add: z.array(CameraId).max(MAX_CAMERA_CHANGES).optional(),
  remove: z.array(CameraId).max(MAX_CAMERA_CHANGES).optional(),
});
export type CollectionCamerasChange = z.infer<typeof CollectionCamerasChange>;

const wall = {
  name: Name,
  columns: z.int().min(1).max(MAX_WALL_COLUMNS),
  /** Row by row from the top left; null where nothing is shown. */
  cells: z.array(CameraId.nullable()).max(MAX_WALL_CELLS),
};

/** What a wall is saved from. */
export const WallInput = z.strictObject(wall);
export type WallInput = z.infer<typeof WallInput>;

/** A saved grid of cameras. */
export const Wall = z.object({ id: WallId, ...wall, created_at: IsoTime, updated_at: IsoTime });
export type Wall = z.infer<typeof Wall>;

/** A part of a list that is in the order of camera ids. `next`: what the next part gives as `after`; null on the last. */
const partOf = { next: CameraId.nullable() };

export const FavouritePage = z.object({
  favourites: z.array(Favourite),
  total: z.int().nonnegative(),
  ...partOf,
});
export type FavouritePage = z.infer<typeof FavouritePage>;

export const NotePage = z.object({ notes: z.array(Note), total: z.int().nonnegative(), ...partOf });
export type NotePage = z.infer<typeof NotePage>;

export const CameraIdPage = z.object({ camera_ids: z.array(CameraId), total: z.int().nonnegative(), ...partOf });
export type CameraIdPage = z.infer<typeof CameraIdPage>;

/** What a change of a collection's cameras did. */
export const CollectionCamerasAnswer = z.object({
  collection: Collection,
  added: z.int().nonnegative(),
  removed: z.int().nonnegative(),
});
export type CollectionCamerasAnswer = z.infer<typeof CollectionCamerasAnswer>;

/** The version of `PersonalData` that this program writes. */
export const PERSONAL_DATA_VERSION = 1;

/** A collection with its cameras, as it is exported. */
export const CollectionData = Collection.omit({ camera_count: true }).extend({ camera_ids: z.array(CameraId) });
export type CollectionData = z.infer<typeof CollectionData>;

/** Everything somebody keeps besides the registry itself, in one JSON document; the head comes first. */
export const PersonalData = z.object({
  format: z.literal("argus-personal"),
  version: z.literal(PERSONAL_DATA_VERSION),
  exported_at: IsoTime,
  favourites: z.array(Favourite),
  notes: z.array(Note),
  collections: z.array(CollectionData),
  walls: z.array(Wall),
});
export type PersonalData = z.infer<typeof PersonalData>;

const Merged = z.object({
  added: z.int().nonnegative(),
  /** Joined with what was here: notes were given the other text, collections the other cameras. */
  updated: z.int().nonnegative(),
  /** Here already. */
  kept: z.int().nonnegative(),
});

/** What merging a `PersonalData` document did. */
export const PersonalMerge = z.object({ favourites: Merged, notes: Merged, collections: Merged, walls: Merged });
export type PersonalMerge = z.infer<typeof PersonalMerge>;
