import type { Camera, IsoTime } from "@argus/core";
import type { CompiledQuery, Kysely } from "kysely";

import { buildCamera, CAMERA_KEYS, LISTED_KEYS } from "./camera-record.ts";
import type { Tables } from "./tables.ts";
import { TimeSlice } from "./time-slice.ts";

/** Rows read at once: a few milliseconds of work. */
const READ_ROWS = 2000;
const COLUMNS = [...CAMERA_KEYS, "change_seq"] as const;
// A scrape owns these; what health checks and AI put on a camera is written at its first insertion and never again.
const REWRITTEN = [...LISTED_KEYS.filter((key) => key !== "id"), "last_seen_at", "gone_at", "change_seq"] as const;

type CameraRow = Record<(typeof COLUMNS)[number] | "pk", unknown> & { pk: number; change_seq: number; tags: string };

/** What one transaction writes. */
export type CameraBatch = {
  readonly cameras: readonly Camera[];
  /** Sources that a scrape has just listed completely, and when. */
  readonly completed: ReadonlyMap<string, IsoTime>;
  /** The database's change sequence as the writer knows it, and what it becomes. */
  readonly known: number;
  readonly next: number;
};

/**
 * Writes all of the batch in one transaction.
 * @returns false when another writer came first; then nothing is written.
 */
export async function writeCameras(db: Kysely<Tables>, batch: CameraBatch): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    // Claiming the sequence comes first: it takes the write lock, and it fails if the writer's knowledge is old.
    if (batch.cameras.length > 0 && !(await claimSequence(transaction, batch))) return false;
    await insertAll(transaction, batch);
    for (const [source_id, complete_at] of batch.completed) {
      const row = { source_id, complete_at };
      await transaction
        .insertInto("source_state")
        .values(row)
        .onConflict((conflict) => conflict.column("source_id").doUpdateSet(row))
        .execute();
    }
    return true;
  });
}

async function claimSequence(db: Kysely<Tables>, { known, next }: CameraBatch): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("registry_state")
    .set({ change_seq: next })
    .where("id", "=", 1)
    .where("change_seq", "=", known)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function insertAll(db: Kysely<Tables>, { cameras, next }: CameraBatch): Promise<void> {
  const slice = new TimeSlice();
  const statement = compileInsert(db);
  for (const camera of cameras) {
    await db.executeQuery({ ...statement, parameters: toParameters(camera, next) });
    if (slice.isOver) await slice.pause();
  }
}

// Compiled once and run for each row: building the query costs more than running it.
function compileInsert(db: Kysely<Tables>): CompiledQuery {
  const row = Object.fromEntries(COLUMNS.map((column) => [column, ""]));
  return db
    .insertInto("cameras")
    .values(row as never)
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet((eb) => Object.fromEntries(REWRITTEN.map((column) => [column, eb.ref(`excluded.${column}`)]))),
    )
    .compile();
}

function toParameters(camera: Camera, sequence: number): unknown[] {
  const values: unknown[] = CAMERA_KEYS.map((key) => (key === "tags" ? JSON.stringify(camera.tags) : camera[key]));
  values.push(sequence);
  return values;
}

/** The cameras written after a change sequence, in the order they were, in bounded portions. */
export async function* readCamerasSince(
  db: Kysely<Tables>,
  sequence: number,
): AsyncGenerator<{ cameras: Camera[]; sequence: number }, void> {
  let end = { change_seq: sequence, pk: Number.MAX_SAFE_INTEGER };
  for (;;) {
    const rows = await readRows(db, end);
    const last = rows.at(-1);
    if (last === undefined) return;
    end = last;
    yield { cameras: rows.map(toCamera), sequence: last.change_seq };
  }
}

async function readRows(db: Kysely<Tables>, end: { change_seq: number; pk: number }): Promise<CameraRow[]> {
  return db
    .selectFrom("cameras")
    .select([...COLUMNS, "pk"])
    .where((eb) => eb(eb.refTuple("change_seq", "pk"), ">", eb.tuple(end.change_seq, end.pk)))
    .orderBy("change_seq")
    .orderBy("pk")
    .limit(READ_ROWS)
    .execute();
}

function toCamera(row: CameraRow): Camera {
  return buildCamera((key) => (key === "tags" ? JSON.parse(row.tags) : row[key]));
}

/** When each source was last listed completely. */
export async function readCompleted(db: Kysely<Tables>): Promise<Map<string, IsoTime>> {
  const rows = await db.selectFrom("source_state").selectAll().execute();
  return new Map(rows.map((row) => [row.source_id, row.complete_at]));
}
