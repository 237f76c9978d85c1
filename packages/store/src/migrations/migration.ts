import type { Kysely } from "kysely";

/** What a step may have to tell apart. */
export type MigrationEngine = "sqlite" | "postgres";

/** One step of the schema; runs in a transaction of its own. Never edited once released. */
export type Migration = {
  readonly version: number;
  up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void>;
};
