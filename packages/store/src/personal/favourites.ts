import { type Clock, type Favourite, type FavouritePage, isoNow, MAX_PERSONAL_PAGE_SIZE } from "@argus/core";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { countRows } from "./count-rows.ts";
import { assertKnown } from "./known-cameras.ts";
import { MAX_FAVOURITES } from "./limits.ts";
import { partOf } from "./part-of.ts";
import { personalFull } from "./personal-errors.ts";
import { type PartQuery, type PersonalEngine, portionsOf } from "./personal-engine.ts";
import { markChanged } from "./personal-version.ts";

/** The cameras somebody likes to find again. */
export class Favourites {
  readonly #engine: PersonalEngine;
  readonly #clock: Clock;

  constructor(engine: PersonalEngine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** In the order of camera ids. */
  async list({ after, limit = MAX_PERSONAL_PAGE_SIZE }: PartQuery = {}): Promise<FavouritePage> {
    return this.#engine.read("reading favourites", async (db) => {
      const query = db
        .selectFrom("favourites")
        .selectAll()
        .orderBy("camera_id")
        .limit(limit + 1);
      const rows = await (after === undefined ? query : query.where("camera_id", ">", after)).execute();
      const { part, next } = partOf(rows, limit);
      return { favourites: part, total: await countRows(db, "favourites"), next };
    });
  }

  /** Null when the camera is none. */
  async get(cameraId: string): Promise<Favourite | null> {
    return this.#engine.read("reading a favourite", (db) => getFavourite(db, cameraId));
  }

  /** Those of the cameras that are favourites. */
  async has(cameraIds: readonly string[]): Promise<Set<string>> {
    return this.#engine.read("reading favourites", async (db) => {
      const found = new Set<string>();
      for (const portion of portionsOf(cameraIds)) {
        const rows = await db.selectFrom("favourites").select("camera_id").where("camera_id", "in", portion).execute();
        for (const { camera_id } of rows) found.add(camera_id);
      }
      return found;
    });
  }

  /** One that is a favourite already stays as it is. @throws ArgusError ARGUS_CAMERA_UNKNOWN, ARGUS_PERSONAL_FULL */
  async add(cameraId: string): Promise<Favourite> {
    return this.#engine.write("adding a favourite", async ({ db }) => {
      const known = await getFavourite(db, cameraId);
      if (known !== null) return known;
      await assertKnown(db, [cameraId]);
      if ((await countRows(db, "favourites")) >= MAX_FAVOURITES) throw personalFull("favourites", MAX_FAVOURITES);
      const added = { camera_id: cameraId, added_at: isoNow(this.#clock) };
      await db.insertInto("favourites").values(added).execute();
      await markChanged(db);
      return added;
    });
  }

  /** False when it was none. */
  async remove(cameraId: string): Promise<boolean> {
    return this.#engine.write("removing a favourite", async ({ db }) => {
      const result = await db.deleteFrom("favourites").where("camera_id", "=", cameraId).executeTakeFirst();
      if (result.numDeletedRows === 0n) return false;
      await markChanged(db);
      return true;
    });
  }
}

async function getFavourite(db: Kysely<Tables>, cameraId: string): Promise<Favourite | null> {
  const row = await db.selectFrom("favourites").selectAll().where("camera_id", "=", cameraId).executeTakeFirst();
  return row ?? null;
}
