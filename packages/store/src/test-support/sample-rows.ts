import { listingHash } from "../hash.ts";
import { rowValues } from "../row-values.ts";
import type { RowValues, StoreEngine } from "../store-engine.ts";
import { sample } from "../testing/sample.ts";

const SEEN_AT = "2026-11-21T00:00:00.000Z";

type Fields = Parameters<typeof sample>[1] & { change_seq?: number; gone_at?: string | null };

/** A camera's row as `WriteTransaction` takes it; its id is `a:<pk>`. */
export function sampleRow(pk: number, { change_seq = 1, gone_at = null, ...fields }: Fields = {}): RowValues {
  const listed = sample(`a:${pk}`, fields);
  const times = { first_seen_at: SEEN_AT, last_seen_at: SEEN_AT, gone_at };
  return rowValues(listed, { pk, change_seq, listing_hash: listingHash(listed) }, times);
}

/** Rows of the numbers from `first` to `last`, both included. */
export function sampleRows(first: number, last: number, fields: Fields = {}): RowValues[] {
  return Array.from({ length: last - first + 1 }, (_, at) => sampleRow(first + at, fields));
}

/** Stores new rows as one batch, with the change sequence that goes with it. */
export async function insertRows(engine: StoreEngine, rows: readonly RowValues[], change_seq = 1): Promise<void> {
  await engine.write("inserting", async (transaction) => {
    await transaction.db.updateTable("registry_state").set({ change_seq }).execute();
    await transaction.insertCameras(rows);
  });
}

export async function countCameras(engine: StoreEngine): Promise<number> {
  const { count } = await engine.read("counting", (db) =>
    db
      .selectFrom("cameras")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow(),
  );
  return count;
}
