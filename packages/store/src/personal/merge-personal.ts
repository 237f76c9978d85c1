import { randomUUID } from "node:crypto";

import {
  type Clock,
  type Collection,
  type CollectionData,
  type Favourite,
  type Note,
  NoteText,
  type PersonalMerge,
  type Wall,
} from "@argus/core";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { addCameras } from "./collection-cameras.ts";
import { COLLECTION_COLUMNS, collectionKey } from "./collections.ts";
import { countRows } from "./count-rows.ts";
import { MAX_COLLECTIONS, MAX_FAVOURITES, MAX_NOTES, MAX_WALLS } from "./limits.ts";
import { personalFull } from "./personal-errors.ts";
import { portionsOf, timeAfter } from "./personal-engine.ts";
import { markChanged } from "./personal-version.ts";
import type { PersonalLists } from "./read-personal.ts";
import { toRow, toWall } from "./walls.ts";

const BETWEEN_NOTES = "\n\n";
const IMPORTED = " (imported)";
const MAX_NAME = 120;

type Merged = PersonalMerge["notes"];
type Context = { db: Kysely<Tables>; clock: Clock };

/**
 * Adds what a document holds and the store does not. Nothing is lost on either side: of two notes on one camera both
 * texts stay (unless they are too long together: then the one that is here), collections of one id or name are joined,
 * and of two states of a wall both stay. Doing it again changes nothing. Cameras need not be known: they may be scraped
 * later.
 * @throws ArgusError ARGUS_PERSONAL_FULL
 */
export async function mergePersonal(context: Context, lists: PersonalLists): Promise<PersonalMerge> {
  await markChanged(context.db);
  return {
    favourites: await mergeFavourites(context, lists.favourites),
    notes: await mergeNotes(context, lists.notes),
    collections: await mergeCollections(context, lists.collections),
    walls: await mergeWalls(context, lists.walls),
  };
}

async function mergeFavourites({ db }: Context, favourites: readonly Favourite[]): Promise<Merged> {
  const merged = nothingMerged();
  for (const portion of portionsOf(distinct(favourites))) {
    const ids = portion.map(({ camera_id }) => camera_id);
    const rows = await db.selectFrom("favourites").select("camera_id").where("camera_id", "in", ids).execute();
    const known = new Set(rows.map(({ camera_id }) => camera_id));
    const fresh = portion.filter(({ camera_id }) => !known.has(camera_id));
    if (fresh.length > 0) await db.insertInto("favourites").values(fresh).execute();
    merged.added += fresh.length;
    merged.kept += known.size;
  }
  if ((await countRows(db, "favourites")) > MAX_FAVOURITES) throw personalFull("favourites", MAX_FAVOURITES);
  return merged;
}

async function mergeNotes({ db, clock }: Context, notes: readonly Note[]): Promise<Merged> {
  const merged = nothingMerged();
  for (const portion of portionsOf(distinct(notes))) {
    const ids = portion.map(({ camera_id }) => camera_id);
    const rows = await db.selectFrom("notes").selectAll().where("camera_id", "in", ids).execute();
    const known = new Map(rows.map((note) => [note.camera_id, note]));
    const fresh = portion.filter(({ camera_id }) => !known.has(camera_id));
    if (fresh.length > 0) await db.insertInto("notes").values(fresh).execute();
    merged.added += fresh.length;
    for (const note of portion) {
      const here = known.get(note.camera_id);
      if (here !== undefined) merged[await joinNote({ db, clock }, here, note)] += 1;
    }
  }
  if ((await countRows(db, "notes")) > MAX_NOTES) throw personalFull("notes", MAX_NOTES);
  return merged;
}

async function joinNote({ db, clock }: Context, here: Note, other: Note): Promise<"updated" | "kept"> {
  if (here.text.includes(other.text)) return "kept";
  const [newer, older] = other.updated_at > here.updated_at ? [other.text, here.text] : [here.text, other.text];
  const text = other.text.includes(here.text) ? other.text : newer + BETWEEN_NOTES + older;
  if (!NoteText.safeParse(text).success) return "kept";
  const updated_at = timeAfter(clock, here.updated_at);
  await db.updateTable("notes").set({ text, updated_at }).where("camera_id", "=", here.camera_id).execute();
  return "updated";
}

async function mergeCollections(context: Context, collections: readonly CollectionData[]): Promise<Merged> {
  const merged = nothingMerged();
  for (const collection of collections) merged[await mergeCollection(context, collection)] += 1;
  if ((await countRows(context.db, "collections")) > MAX_COLLECTIONS)
    throw personalFull("collections", MAX_COLLECTIONS);
  return merged;
}

async function mergeCollection({ db, clock }: Context, data: CollectionData): Promise<keyof Merged> {
  const { camera_ids, ...collection } = data;
  const name_key = collectionKey(collection.name);
  const here = await sameCollection(db, { id: collection.id, name_key });
  if (here === null) {
    const added = { ...collection, camera_count: 0, name_key };
    await db.insertInto("collections").values(added).execute();
  }
  const target = here ?? { ...collection, camera_count: 0 };
  const added = await addCameras(db, target, camera_ids, { mustBeKnown: false });
  if (added > 0) {
    const updated_at = here === null ? collection.updated_at : timeAfter(clock, here.updated_at);
    const camera_count = target.camera_count + added;
    await db.updateTable("collections").set({ camera_count, updated_at }).where("id", "=", target.id).execute();
  }
  return here === null ? "added" : added > 0 ? "updated" : "kept";
}

type Identity = { id: string; name_key: string };

/** That of the same id before that of the same name. */
async function sameCollection(db: Kysely<Tables>, { id, name_key }: Identity): Promise<Collection | null> {
  const rows = await db
    .selectFrom("collections")
    .select(COLLECTION_COLUMNS)
    .where((eb) => eb.or([eb("id", "=", id), eb("name_key", "=", name_key)]))
    .execute();
  return rows.find((row) => row.id === id) ?? rows[0] ?? null;
}

async function mergeWalls({ db }: Context, walls: readonly Wall[]): Promise<Merged> {
  const merged = nothingMerged();
  const here = (await db.selectFrom("walls").selectAll().execute()).map(toWall);
  for (const wall of walls) {
    const added = wallToAdd(here, wall);
    if (added === null) {
      merged.kept += 1;
      continue;
    }
    await db.insertInto("walls").values(toRow(added)).execute();
    here.push(added);
    merged.added += 1;
  }
  if (here.length > MAX_WALLS) throw personalFull("walls", MAX_WALLS);
  return merged;
}

/** The wall, under another id and name where its own are those of one that shows something else; null if it is here. */
function wallToAdd(here: readonly Wall[], wall: Wall): Wall | null {
  const known = here.find(({ id }) => id === wall.id);
  if (known === undefined) return wall;
  const renamed = wall.name.slice(0, MAX_NAME - IMPORTED.length).toWellFormed() + IMPORTED;
  const isHere = here.some(
    (one) => (one.name === wall.name || one.name === renamed) && one.columns === wall.columns && sameCells(one, wall),
  );
  return isHere ? null : { ...wall, id: randomUUID(), name: renamed };
}

function sameCells(a: Wall, b: Wall): boolean {
  return a.cells.length === b.cells.length && a.cells.every((cameraId, at) => cameraId === b.cells[at]);
}

function distinct<Entry extends { camera_id: string }>(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.camera_id, entry])).values()];
}

function nothingMerged(): Merged {
  return { added: 0, updated: 0, kept: 0 };
}
