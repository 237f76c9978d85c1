import type { Camera } from "@argus/core";
import { type Kysely, type RawBuilder, sql } from "kysely";

import { CAMERA_KEYS } from "../camera-record.ts";
import type { StoreEngine } from "../store-engine.ts";
import type { Tables } from "../tables.ts";

type CameraRow = Omit<Camera, "tags"> & { tags: string; pk: number; change_seq: number };

/** A camera with the number of its row and the sequence that wrote it. */
export type CameraRecord = { readonly pk: number; readonly change_seq: number; readonly camera: Camera };

const COLUMNS = [...CAMERA_KEYS, "pk", "change_seq"] as const;

/** Full records by number, in no particular order; numbers that no row has are left out. */
export async function recordsByPk(engine: StoreEngine, pks: readonly number[]): Promise<CameraRecord[]> {
  if (pks.length === 0) return [];
  return readRecords(engine, (db) => select(db).where(isOneOf(engine, "pk", pks)));
}

/** Full records by camera id. */
export async function recordsById(engine: StoreEngine, ids: readonly string[]): Promise<CameraRecord[]> {
  return readRecords(engine, (db) => select(db).where(isOneOf(engine, "id", ids)));
}

/** Full records of the cameras that one of these stands for. */
export async function recordsStoodFor(engine: StoreEngine, ids: readonly string[]): Promise<CameraRecord[]> {
  return readRecords(engine, (db) => select(db).where(isOneOf(engine, "duplicate_of", ids)));
}

/** Full records with exactly this stream or snapshot URL, without the help of an index. */
export async function recordsByUrl(engine: StoreEngine, url: string): Promise<CameraRecord[]> {
  return readRecords(engine, (db) =>
    select(db).where((eb) => eb.or([eb("stream_url", "=", url), eb("snapshot_url", "=", url)])),
  );
}

/** Records written after a place in the order of (change_seq, pk). */
export async function recordsSince(
  engine: StoreEngine,
  end: { change_seq: number; pk: number },
  limit: number,
): Promise<CameraRecord[]> {
  return readRecords(engine, (db) =>
    select(db)
      .where((eb) => eb(eb.refTuple("change_seq", "pk"), ">", eb.tuple(end.change_seq, end.pk)))
      .orderBy("change_seq")
      .orderBy("pk")
      .limit(limit),
  );
}

function select(db: Kysely<Tables>) {
  return db.selectFrom("cameras").select(COLUMNS);
}

async function readRecords(
  engine: StoreEngine,
  query: (db: Kysely<Tables>) => ReturnType<typeof select>,
): Promise<CameraRecord[]> {
  const rows = await engine.read("reading cameras", (db) => query(db).execute());
  return (rows as CameraRow[]).map(toRecord);
}

function toRecord(row: CameraRow): CameraRecord {
  const camera: Record<string, unknown> = {};
  // Cheaper by far than a copy of all but three.
  for (const key of CAMERA_KEYS) camera[key] = row[key];
  camera["tags"] = JSON.parse(row.tags);
  return { pk: row.pk, change_seq: row.change_seq, camera: camera as Camera };
}

/** A condition with one parameter however many values there are, so that its statement stays prepared. */
export function isOneOf(
  { kind }: StoreEngine,
  column: "pk" | "id" | "duplicate_of",
  values: readonly (number | string)[],
): RawBuilder<boolean> {
  return kind === "postgres"
    ? sql<boolean>`${sql.ref(column)} = any(${values})`
    : sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`;
}
