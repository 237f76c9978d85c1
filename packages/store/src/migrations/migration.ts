import type { Kysely } from "kysely";

/** One step of the schema; runs in a transaction of its own. Never edited once released. */
export type Migration = {
  readonly version: number;
  up(db: Kysely<unknown>): Promise<void>;
};
