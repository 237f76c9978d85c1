import { setTimeout } from "node:timers/promises";

import type pg from "pg";

import { schemaNewer } from "../errors.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import type { WriteTransaction } from "../store-engine.ts";
import { isRetried } from "./postgres-errors.ts";
import { PostgresWrite } from "./postgres-write.ts";
import { readVersion } from "./schema.ts";
import { TAKE_WRITERS_PLACE } from "./writers-place.ts";

const BEGIN = `begin isolation level read committed; ${TAKE_WRITERS_PLACE}`;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

export type TransactionOptions = {
  /** What messages call the database. */
  readonly name: string;
  /** Statements that tell other programs of what is about to be committed. */
  readonly announce: string;
};

/**
 * Runs a task as one transaction that no other writer comes between.
 * @throws ArgusError ARGUS_STORE_SCHEMA_NEWER when another program has upgraded the registry meanwhile.
 */
export async function runTransaction<Result>(
  client: pg.ClientBase,
  { name, announce }: TransactionOptions,
  task: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  try {
    await client.query(BEGIN);
    // Under the lock, for a migration holds it too.
    const version = await readVersion(client);
    if (version > SCHEMA_VERSION) throw schemaNewer(name, version, SCHEMA_VERSION);
    const transaction = new PostgresWrite(client);
    const result = await runSettled(transaction, task);
    await client.query(`${announce}; commit`);
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

// Nothing may still run on the connection when it is committed or rolled back.
async function runSettled<Result>(
  transaction: PostgresWrite,
  task: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  try {
    return await task(transaction);
  } finally {
    await transaction.settled();
  }
}

// Fails only on a connection that is lost, whose transaction the server rolls back by itself.
async function rollBack(client: pg.ClientBase): Promise<void> {
  await client.query("rollback").catch(() => {});
}

/** Runs a task again while it collides with another program's, for at most `timeoutMs`. */
export async function retryCollisions<Result>(timeoutMs: number, task: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + timeoutMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await task();
    } catch (error) {
      if (!isRetried(error) || performance.now() >= deadline) throw error;
      await setTimeout(pause * (0.5 + Math.random() / 2));
    }
  }
}
