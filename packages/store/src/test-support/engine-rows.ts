import type { Camera, ListedCamera } from "@argus/core";

import { listingHash } from "../hash.ts";
import { rowValues } from "../row-values.ts";
import type { RowValues, StoreEngine } from "../store-engine.ts";
import { sample } from "../testing/sample.ts";

const NOON = "2026-11-21T12:00:00.000Z";

/** A listed camera as engines take it, seen at noon unless said otherwise. */
export function rowOf(
  listed: ListedCamera,
  own: { pk: number; change_seq?: number },
  times: Partial<Pick<Camera, "first_seen_at" | "last_seen_at" | "gone_at">> = {},
): RowValues {
  const { pk, change_seq = 1 } = own;
  const all = { first_seen_at: NOON, last_seen_at: NOON, gone_at: null, ...times };
  return rowValues(listed, { pk, change_seq, listing_hash: listingHash(listed) }, all);
}

/** Rows of `count` cameras that are alike, numbered from `firstPk`. */
export function sampleRows(firstPk: number, count: number, change_seq = 1): RowValues[] {
  return Array.from({ length: count }, (_, n) => rowOf(sample(`a:${firstPk + n}`), { pk: firstPk + n, change_seq }));
}

/** Stores rows as the next batch of the registry. */
export async function insertBatch(engine: StoreEngine, rows: readonly RowValues[]): Promise<void> {
  await engine.write("storing cameras", async (transaction) => {
    await transaction.db
      .updateTable("registry_state")
      .set((eb) => ({ change_seq: eb("change_seq", "+", 1) }))
      .execute();
    await transaction.insertCameras(rows);
  });
}

/** How many cameras the database holds. */
export async function countCameras(engine: StoreEngine): Promise<number> {
  const row = await engine.read("counting", (db) =>
    db
      .selectFrom("cameras")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow(),
  );
  return row.n;
}
