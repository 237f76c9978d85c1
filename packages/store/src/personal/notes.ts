import { type Clock, MAX_PERSONAL_PAGE_SIZE, type Note, type NotePage, NoteText, parseOrThrow } from "@argus/core";
import type { Kysely } from "kysely";

import { storableText } from "../camera-record.ts";
import type { Tables } from "../tables.ts";
import { countRows } from "./count-rows.ts";
import { assertKnown } from "./known-cameras.ts";
import { MAX_NOTES } from "./limits.ts";
import { partOf } from "./part-of.ts";
import { changedMeanwhile, personalFull } from "./personal-errors.ts";
import { type PartQuery, type PersonalEngine, timeAfter, type Unchanged } from "./personal-engine.ts";

/** What somebody wrote about cameras: one note for each. */
export class Notes {
  readonly #engine: PersonalEngine;
  readonly #clock: Clock;

  constructor(engine: PersonalEngine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** In the order of camera ids. */
  async list({ after, limit = MAX_PERSONAL_PAGE_SIZE }: PartQuery = {}): Promise<NotePage> {
    return this.#engine.read("reading notes", async (db) => {
      const query = db
        .selectFrom("notes")
        .selectAll()
        .orderBy("camera_id")
        .limit(limit + 1);
      const rows = await (after === undefined ? query : query.where("camera_id", ">", after)).execute();
      const { part, next } = partOf(rows, limit);
      return { notes: part, total: await countRows(db, "notes"), next };
    });
  }

  async get(cameraId: string): Promise<Note | null> {
    return this.#engine.read("reading a note", (db) => getNote(db, cameraId));
  }

  /** @throws ArgusError ARGUS_CAMERA_UNKNOWN, ARGUS_PERSONAL_FULL, ARGUS_PERSONAL_CONFLICT, ARGUS_REQUEST_INVALID */
  async put(cameraId: string, text: string, { unchangedSince }: Unchanged = {}): Promise<Note> {
    const valid = storableText(parseOrThrow(NoteText, text, "the note", "ARGUS_REQUEST_INVALID"));
    return this.#engine.write("writing a note", async ({ db }) => {
      const before = await getNote(db, cameraId);
      assertUnchanged(cameraId, before, unchangedSince);
      if (before === null) await makeRoom(db, cameraId);
      const note = { camera_id: cameraId, text: valid, updated_at: timeAfter(this.#clock, before?.updated_at ?? null) };
      await putNote(db, note);
      return note;
    });
  }

  /** False when there was none. @throws ArgusError ARGUS_PERSONAL_CONFLICT */
  async remove(cameraId: string, { unchangedSince }: Unchanged = {}): Promise<boolean> {
    return this.#engine.write("removing a note", async ({ db }) => {
      const before = await getNote(db, cameraId);
      assertUnchanged(cameraId, before, unchangedSince);
      await db.deleteFrom("notes").where("camera_id", "=", cameraId).execute();
      return before !== null;
    });
  }
}

async function getNote(db: Kysely<Tables>, cameraId: string): Promise<Note | null> {
  return (await db.selectFrom("notes").selectAll().where("camera_id", "=", cameraId).executeTakeFirst()) ?? null;
}

async function putNote(db: Kysely<Tables>, note: Note): Promise<void> {
  const { text, updated_at } = note;
  await db
    .insertInto("notes")
    .values(note)
    .onConflict((conflict) => conflict.column("camera_id").doUpdateSet({ text, updated_at }))
    .execute();
}

async function makeRoom(db: Kysely<Tables>, cameraId: string): Promise<void> {
  await assertKnown(db, [cameraId]);
  if ((await countRows(db, "notes")) >= MAX_NOTES) throw personalFull("notes", MAX_NOTES);
}

function assertUnchanged(cameraId: string, note: Note | null, unchangedSince: Unchanged["unchangedSince"]): void {
  const updatedAt = note?.updated_at ?? null;
  if (unchangedSince !== undefined && unchangedSince !== updatedAt)
    throw changedMeanwhile(`the note on ${cameraId}`, updatedAt);
}
