import { Kysely, type KyselyPlugin, PostgresDialect, type PostgresPoolClient, type PostgresQueryResult } from "kysely";
import type pg from "pg";

import type { Tables } from "../tables.ts";
import { Turns } from "./turns.ts";

/** Longer than the server lets a statement take: only a connection that is dead without saying so comes to this. */
const QUERY_TIMEOUT_MS = 70_000;
const NESTED = /^(?:begin|start transaction|commit|rollback)\b/iu;

export type OneConnectionOptions = {
  /** A transaction is under way on the connection, and its owner alone ends it. */
  inTransaction?: boolean;
  /** Shared with whatever else uses the connection meanwhile. */
  turns?: Turns;
  /** How long to wait for one statement, in milliseconds. */
  queryTimeoutMs?: number;
  plugins?: KyselyPlugin[];
};

/** Kysely over one connection that somebody else opened and gives back; its statements run one after the other. */
export function onOneConnection(client: pg.ClientBase, options: OneConnectionOptions = {}): Kysely<Tables> {
  const { inTransaction = false, turns = new Turns(), queryTimeoutMs = QUERY_TIMEOUT_MS, plugins = [] } = options;
  const query = async (text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<never>> => {
    if (inTransaction && NESTED.test(text))
      throw new Error("a write is one transaction already; it cannot hold another");
    const values = parameters.map(storable);
    // `pg` takes this option for each query; its types know it only for a whole client.
    const config = { text, values, query_timeout: queryTimeoutMs };
    return (await turns.take(() => client.query<never>(config))) as PostgresQueryResult<never>;
  };
  const lent = { query, release: () => {} } as unknown as PostgresPoolClient;
  const pool = { connect: async () => lent, end: async () => {}, options: {} };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins });
}

/** PostgreSQL's text holds any character but NUL. */
function storable(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}
