import type { Kysely } from "kysely";

import type { Tables } from "./tables.ts";

/** All that differs between database engines, once one is open and its schema is current. */
export type Engine = {
  readonly db: Kysely<Tables>;
  /** True when another connection has committed since this was last asked. */
  changedElsewhere(): boolean;
  /** Runs a task; the engine's errors come out as the store's own. `doing` completes "while …". */
  read<Result>(doing: string, task: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** The same for a task that is one transaction; while another program holds the lock, it is run again. */
  write<Result>(doing: string, task: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};
