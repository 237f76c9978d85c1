import { type Kysely, sql } from "kysely";

import type { Migration, MigrationEngine } from "./migration.ts";

/** How an engine keeps the version of its schema; `write` takes part in the transaction of the connection. */
export type SchemaVersion = {
  readonly engine: MigrationEngine;
  /** Begins a transaction that no other writer can come between. */
  readonly begin: string;
  read(db: Kysely<unknown>): Promise<number>;
  write(db: Kysely<unknown>, version: number): Promise<void>;
};

/** Brings the schema to the newest version, one transaction for each step. Two programs may run it at once. */
export async function migrate(
  db: Kysely<unknown>,
  migrations: readonly Migration[],
  schema: SchemaVersion,
): Promise<void> {
  const newest = Math.max(...migrations.map((migration) => migration.version));
  await db.connection().execute(async (connection) => {
    while ((await schema.read(connection)) < newest) await step(connection, migrations, schema);
  });
}

async function step(
  connection: Kysely<unknown>,
  migrations: readonly Migration[],
  schema: SchemaVersion,
): Promise<void> {
  await sql.raw(schema.begin).execute(connection);
  try {
    // Read again behind the lock: another program may have made this step meanwhile.
    const version = await schema.read(connection);
    const next = migrations.find((migration) => migration.version > version);
    if (next !== undefined) {
      await next.up(connection, schema.engine);
      await schema.write(connection, next.version);
    }
    await sql`commit`.execute(connection);
  } catch (error) {
    await sql`rollback`.execute(connection);
    throw error;
  }
}
