import type { IsoTime } from "@argus/core";
import type { Kysely } from "kysely";

import { rowValues } from "../row-values.ts";
import type { RowValues, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { TimeSlice } from "../time-slice.ts";
import type { Change, Written } from "./change.ts";

/** Rows handed to the engine at once: a few milliseconds of work. */
const PORTION = 500;
/** Portions on their way to the engine while the next is made ready. */
const IN_FLIGHT = 4;

/** What the registry's one row says. */
export type RegistryState = { change_seq: number };

export async function readState(db: Kysely<Tables>): Promise<RegistryState> {
  return db.selectFrom("registry_state").select("change_seq").where("id", "=", 1).executeTakeFirstOrThrow();
}

/** The greatest number any camera's row has; 0 without one. */
export async function readGreatestPk(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom("cameras")
    .select((eb) => eb.fn.max("pk").as("pk"))
    .executeTakeFirst();
  return row?.pk ?? 0;
}

/** Takes the next change sequence for this transaction; false when another writer came first. */
export async function claimSequence(db: Kysely<Tables>, known: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("registry_state")
    .set({ change_seq: known + 1 })
    .where("id", "=", 1)
    .where("change_seq", "=", known)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Writes changes within a transaction, under a sequence that it has claimed. */
export class ChangeWriter {
  readonly #transaction: WriteTransaction;
  readonly #change_seq: number;
  readonly #slice = new TimeSlice();
  /** Portions on their way to the engine. */
  readonly #writing: Promise<void>[] = [];

  constructor(transaction: WriteTransaction, change_seq: number) {
    this.#transaction = transaction;
    this.#change_seq = change_seq;
  }

  /** Resolves while the engine may still be at work on it: the next can be worked out meanwhile. */
  async take({ added, changed, gone, at }: Change): Promise<void> {
    const change_seq = this.#change_seq;
    await this.#inPortions(added, (rows) => this.#transaction.insertCameras(toValues(rows, at, change_seq)));
    await this.#inPortions(changed, (rows) => this.#transaction.updateCameras(toValues(rows, at, change_seq)));
    await this.#inPortions(gone, (rows) => this.#transaction.markGone(rows, { gone_at: at, change_seq }));
  }

  /** When all is written. @throws what the engine failed with. */
  async end(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #inPortions<Row>(rows: readonly Row[], write: (portion: readonly Row[]) => Promise<void>): Promise<void> {
    for (let from = 0; from < rows.length; from += PORTION) {
      const writing = write(rows.slice(from, from + PORTION));
      // Waited for below or at the end; until then its failure is nobody's.
      writing.catch(() => {});
      this.#writing.push(writing);
      if (this.#writing.length > IN_FLIGHT) await this.#writing.shift();
      if (this.#slice.isOver) await this.#slice.pause();
    }
  }
}

/** Writes when sources were listed completely. */
export async function writeCompleted(db: Kysely<Tables>, completed: Change["completed"]): Promise<void> {
  for (const [source_id, complete_at] of completed) {
    const row = { source_id, complete_at };
    await db
      .insertInto("source_state")
      .values(row)
      .onConflict((conflict) => conflict.column("source_id").doUpdateSet(row))
      .execute();
  }
}

function toValues(rows: readonly Written[], at: IsoTime, change_seq: number): RowValues[] {
  return rows.map(({ listed, listing_hash, pk, times }) =>
    rowValues(
      listed,
      { pk, change_seq, listing_hash },
      times ?? { first_seen_at: at, last_seen_at: at, gone_at: null },
    ),
  );
}
