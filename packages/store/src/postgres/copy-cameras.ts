import type { Camera, ListedCamera } from "@argus/core";
import { type Kysely, sql } from "kysely";

import { CAMERA_KEYS, LISTED_KEYS } from "../camera-record.ts";
import { rowValues } from "../row-values.ts";
import type { WriteTransaction } from "../store-engine.ts";
import type { CamerasTable, Tables } from "../tables.ts";

const TOLD: ReadonlySet<keyof Camera> = new Set([...LISTED_KEYS, "first_seen_at", "last_seen_at", "gone_at"]);
/** What health checks, AI and the comparison of cameras put on one. */
const ANNOTATIONS = [...CAMERA_KEYS.filter((key) => !TOLD.has(key)), "former_place"] as const;
const NOTHING: ReadonlySet<unknown> = new Set([null, "unknown"]);

/** A camera's row as either engine gives it back. */
export type CameraRow = Omit<CamerasTable, "pk" | "listing_hash"> & { pk: number; listing_hash: number };

/** Puts rows of one registry into another, with their numbers, changes and annotations. */
export async function copyCameras(
  transaction: WriteTransaction,
  kind: "sqlite" | "postgres",
  rows: readonly CameraRow[],
): Promise<void> {
  await transaction.insertCameras(
    rows.map((row) => rowValues({ ...row, tags: JSON.parse(row.tags) as string[] } satisfies ListedCamera, row, row)),
  );
  const annotated = rows.filter((row) => ANNOTATIONS.some((key) => !NOTHING.has(row[key])));
  if (annotated.length > 0) await annotate(transaction.db, kind, annotated);
}

// The two engines tell JSON's elements apart by other names, and PostgreSQL wants to hear of a number's type.
async function annotate(db: Kysely<Tables>, kind: "sqlite" | "postgres", rows: readonly CameraRow[]): Promise<void> {
  const json = JSON.stringify(rows.map((row) => [row.pk, ...ANNOTATIONS.map((key) => row[key])]));
  const source =
    kind === "sqlite" ? sql`json_each(${json}) as made` : sql`json_array_elements(${json}::json) as made (value)`;
  const pk = kind === "sqlite" ? sql.raw("made.value ->> 0") : sql.raw("(made.value ->> 0)::bigint");
  const columns = sql.raw(ANNOTATIONS.map((key, n) => `${key} = made.value ->> ${n + 1}`).join(", "));
  await sql`update cameras set ${columns} from ${source} where cameras.pk = ${pk}`.execute(db);
}
