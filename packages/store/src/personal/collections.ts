import { randomUUID } from "node:crypto";

import {
  type CameraIdPage,
  type Clock,
  type Collection,
  type CollectionCamerasAnswer,
  CollectionInput,
  isoNow,
  MAX_PERSONAL_PAGE_SIZE,
  parseOrThrow,
} from "@argus/core";
import type { Kysely } from "kysely";

import { storableText } from "../camera-record.ts";
import { fold } from "../fold.ts";
import type { Tables } from "../tables.ts";
import { addCameras, removeCameras } from "./collection-cameras.ts";
import { countRows } from "./count-rows.ts";
import { MAX_COLLECTIONS } from "./limits.ts";
import { partOf } from "./part-of.ts";
import { collectionNameTaken, collectionUnknown, personalFull } from "./personal-errors.ts";
import { type PartQuery, type PersonalEngine, timeAfter } from "./personal-engine.ts";
import { markChanged } from "./personal-version.ts";

export const COLLECTION_COLUMNS = ["id", "name", "description", "camera_count", "created_at", "updated_at"] as const;

/** Cameras under names. */
export class Collections {
  readonly #engine: PersonalEngine;
  readonly #clock: Clock;

  constructor(engine: PersonalEngine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** All, by name. */
  async list(): Promise<Collection[]> {
    return this.#engine.read("reading collections", (db) =>
      db.selectFrom("collections").select(COLLECTION_COLUMNS).orderBy("name_key").execute(),
    );
  }

  /** Those that a camera is in, by name. */
  async of(cameraId: string): Promise<Collection[]> {
    return this.#engine.read("reading collections", (db) =>
      db
        .selectFrom("collections")
        .select(COLLECTION_COLUMNS)
        .where("id", "in", (inner) =>
          inner.selectFrom("collection_cameras").select("collection_id").where("camera_id", "=", cameraId),
        )
        .orderBy("name_key")
        .execute(),
    );
  }

  async get(id: string): Promise<Collection | null> {
    return this.#engine.read("reading a collection", (db) => getCollection(db, id));
  }

  /** @throws ArgusError ARGUS_COLLECTION_NAME_TAKEN, ARGUS_PERSONAL_FULL, ARGUS_REQUEST_INVALID */
  async create(input: CollectionInput): Promise<Collection> {
    const named = namedBy(input);
    return this.#engine.write("making a collection", async ({ db }) => {
      await assertFree(db, named, null);
      if ((await countRows(db, "collections")) >= MAX_COLLECTIONS) throw personalFull("collections", MAX_COLLECTIONS);
      const now = isoNow(this.#clock);
      const { name_key, ...shown } = named;
      const collection = { id: randomUUID(), ...shown, camera_count: 0, created_at: now, updated_at: now };
      await db
        .insertInto("collections")
        .values({ ...collection, name_key })
        .execute();
      return collection;
    });
  }

  /**
   * Gives it another name and description.
   * @throws ArgusError ARGUS_COLLECTION_UNKNOWN, ARGUS_COLLECTION_NAME_TAKEN, ARGUS_REQUEST_INVALID
   */
  async rename(id: string, input: CollectionInput): Promise<Collection> {
    const named = namedBy(input);
    return this.#engine.write("renaming a collection", async ({ db }) => {
      const before = await needCollection(db, id);
      await assertFree(db, named, id);
      const updated_at = timeAfter(this.#clock, before.updated_at);
      await db
        .updateTable("collections")
        .set({ ...named, updated_at })
        .where("id", "=", id)
        .execute();
      return { ...before, name: named.name, description: named.description, updated_at };
    });
  }

  /** The cameras stay. @throws ArgusError ARGUS_COLLECTION_UNKNOWN */
  async remove(id: string): Promise<void> {
    await this.#engine.write("removing a collection", async ({ db }) => {
      await needCollection(db, id);
      await db.deleteFrom("collection_cameras").where("collection_id", "=", id).execute();
      await db.deleteFrom("collections").where("id", "=", id).execute();
      await markChanged(db);
    });
  }

  /**
   * Puts cameras in and then takes cameras out; all of it or, on an error, nothing.
   * @throws ArgusError ARGUS_COLLECTION_UNKNOWN, ARGUS_CAMERA_UNKNOWN, ARGUS_PERSONAL_FULL
   */
  async change(
    id: string,
    { add = [], remove = [] }: { add?: readonly string[] | undefined; remove?: readonly string[] | undefined },
  ): Promise<CollectionCamerasAnswer> {
    return this.#engine.write("changing a collection", async ({ db }) => {
      const before = await needCollection(db, id);
      const added = await addCameras(db, before, add, { mustBeKnown: true });
      const removed = await removeCameras(db, id, remove);
      if (added + removed === 0) return { collection: before, added, removed };
      const changed = {
        camera_count: before.camera_count + added - removed,
        updated_at: timeAfter(this.#clock, before.updated_at),
      };
      await db.updateTable("collections").set(changed).where("id", "=", id).execute();
      await markChanged(db);
      return { collection: { ...before, ...changed }, added, removed };
    });
  }

  /** Returns how many were not in it. @throws as `change` */
  async add(id: string, cameraIds: readonly string[]): Promise<number> {
    return (await this.change(id, { add: cameraIds })).added;
  }

  /** Returns how many were in it. @throws as `change` */
  async removeCameras(id: string, cameraIds: readonly string[]): Promise<number> {
    return (await this.change(id, { remove: cameraIds })).removed;
  }

  /** Its cameras' ids, in their order, gone and unknown ones included. @throws ArgusError ARGUS_COLLECTION_UNKNOWN */
  async cameraIds(id: string, { after, limit = MAX_PERSONAL_PAGE_SIZE }: PartQuery = {}): Promise<CameraIdPage> {
    return this.#engine.read("reading a collection", async (db) => {
      const { camera_count } = await needCollection(db, id);
      const query = db
        .selectFrom("collection_cameras")
        .select("camera_id")
        .where("collection_id", "=", id)
        .orderBy("camera_id")
        .limit(limit + 1);
      const rows = await (after === undefined ? query : query.where("camera_id", ">", after)).execute();
      const { part, next } = partOf(rows, limit);
      return { camera_ids: part.map(({ camera_id }) => camera_id), total: camera_count, next };
    });
  }
}

type Named = { name: string; description: string | null; name_key: string };

function namedBy(input: CollectionInput): Named {
  const valid = parseOrThrow(CollectionInput, input, "the collection", "ARGUS_REQUEST_INVALID");
  const name = storableText(valid.name);
  const description = valid.description ?? null;
  return {
    name,
    description: description === null ? null : storableText(description),
    name_key: collectionKey(name),
  };
}

/** What no two collections share. */
export function collectionKey(name: string): string {
  return fold(name);
}

async function getCollection(db: Kysely<Tables>, id: string): Promise<Collection | null> {
  const query = db.selectFrom("collections").select(COLLECTION_COLUMNS).where("id", "=", id);
  return (await query.executeTakeFirst()) ?? null;
}

async function needCollection(db: Kysely<Tables>, id: string): Promise<Collection> {
  const collection = await getCollection(db, id);
  if (collection === null) throw collectionUnknown(id);
  return collection;
}

async function assertFree(db: Kysely<Tables>, { name_key }: Named, except: string | null): Promise<void> {
  const taken = await db
    .selectFrom("collections")
    .select(["id", "name"])
    .where("name_key", "=", name_key)
    .executeTakeFirst();
  if (taken !== undefined && taken.id !== except) throw collectionNameTaken(taken.name);
}
