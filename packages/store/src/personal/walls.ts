import { randomUUID } from "node:crypto";

import { type Clock, isoNow, parseOrThrow, type Wall, WallInput } from "@argus/core";
import type { Kysely, Selectable } from "kysely";

import { storableText } from "../camera-record.ts";
import { fold } from "../fold.ts";
import type { Tables, WallsTable } from "../tables.ts";
import { countRows } from "./count-rows.ts";
import { assertKnown } from "./known-cameras.ts";
import { MAX_WALLS } from "./limits.ts";
import { changedMeanwhile, personalFull, wallUnknown } from "./personal-errors.ts";
import { type PersonalEngine, timeAfter, type Unchanged } from "./personal-engine.ts";

/** Saved grids of cameras. */
export class Walls {
  readonly #engine: PersonalEngine;
  readonly #clock: Clock;

  constructor(engine: PersonalEngine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** All, by name. */
  async list(): Promise<Wall[]> {
    const rows = await this.#engine.read("reading walls", (db) => db.selectFrom("walls").selectAll().execute());
    return rows.map(toWall).toSorted(byName);
  }

  async get(id: string): Promise<Wall | null> {
    return this.#engine.read("reading a wall", (db) => getWall(db, id));
  }

  /** @throws ArgusError ARGUS_CAMERA_UNKNOWN, ARGUS_PERSONAL_FULL, ARGUS_REQUEST_INVALID */
  async create(input: WallInput): Promise<Wall> {
    const valid = parseOrThrow(WallInput, input, "the wall", "ARGUS_REQUEST_INVALID");
    return this.#engine.write("saving a wall", async ({ db }) => {
      if ((await countRows(db, "walls")) >= MAX_WALLS) throw personalFull("walls", MAX_WALLS);
      await assertKnown(db, camerasOf(valid));
      const now = isoNow(this.#clock);
      const wall: Wall = { id: randomUUID(), ...storable(valid), created_at: now, updated_at: now };
      await db.insertInto("walls").values(toRow(wall)).execute();
      return wall;
    });
  }

  /**
   * Replaces what the wall shows. Cameras that it shows already need not be known any more.
   * @throws ArgusError ARGUS_WALL_UNKNOWN, ARGUS_CAMERA_UNKNOWN, ARGUS_PERSONAL_CONFLICT, ARGUS_REQUEST_INVALID
   */
  async put(id: string, input: WallInput, { unchangedSince }: Unchanged = {}): Promise<Wall> {
    const valid = parseOrThrow(WallInput, input, "the wall", "ARGUS_REQUEST_INVALID");
    return this.#engine.write("saving a wall", async ({ db }) => {
      const before = await getUnchanged(db, id, unchangedSince);
      const shown = new Set(camerasOf(before));
      await assertKnown(
        db,
        camerasOf(valid).filter((cameraId) => !shown.has(cameraId)),
      );
      const wall: Wall = { ...before, ...storable(valid), updated_at: timeAfter(this.#clock, before.updated_at) };
      await db.updateTable("walls").set(toRow(wall)).where("id", "=", id).execute();
      return wall;
    });
  }

  /** @throws ArgusError ARGUS_WALL_UNKNOWN, ARGUS_PERSONAL_CONFLICT */
  async remove(id: string, { unchangedSince }: Unchanged = {}): Promise<void> {
    await this.#engine.write("removing a wall", async ({ db }) => {
      await getUnchanged(db, id, unchangedSince);
      await db.deleteFrom("walls").where("id", "=", id).execute();
    });
  }
}

async function getWall(db: Kysely<Tables>, id: string): Promise<Wall | null> {
  const row = await db.selectFrom("walls").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : toWall(row);
}

async function getUnchanged(
  db: Kysely<Tables>,
  id: string,
  unchangedSince: Unchanged["unchangedSince"],
): Promise<Wall> {
  const wall = await getWall(db, id);
  if (wall === null) throw wallUnknown(id);
  if (unchangedSince !== undefined && unchangedSince !== wall.updated_at)
    throw changedMeanwhile(`the wall ${wall.name}`, wall.updated_at);
  return wall;
}

function camerasOf({ cells }: Pick<Wall, "cells">): string[] {
  return cells.filter((cameraId) => cameraId !== null);
}

function storable(input: WallInput): WallInput {
  return { ...input, name: storableText(input.name) };
}

export function toWall(row: Selectable<WallsTable>): Wall {
  return { ...row, cells: JSON.parse(row.cells) as Wall["cells"] };
}

export function toRow(wall: Wall): WallsTable {
  return { ...wall, cells: JSON.stringify(wall.cells) };
}

function byName(a: Wall, b: Wall): number {
  const [keyA, keyB] = [fold(a.name), fold(b.name)];
  return keyA < keyB || (keyA === keyB && a.id < b.id) ? -1 : 1;
}
