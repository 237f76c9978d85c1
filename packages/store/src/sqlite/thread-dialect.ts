import {
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

import type { QueryAnswer } from "./worker/protocol.ts";

/** Runs a statement somewhere else. */
export type RunQuery = (sql: string, parameters: readonly unknown[]) => Promise<QueryAnswer>;

/** Kysely's SQLite over a connection on another thread. */
export class ThreadDialect implements Dialect {
  readonly #run: RunQuery;

  constructor(run: RunQuery) {
    this.#run = run;
  }

  createDriver(): Driver {
    return new ThreadDriver(this.#run);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new ThreadAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class ThreadAdapter extends SqliteAdapter {
  // Queries need not wait for each other's answers: the thread runs them in the order they come.
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class ThreadDriver implements Driver {
  readonly #connection: ThreadConnection;

  constructor(run: RunQuery) {
    this.#connection = new ThreadConnection(run);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  // Transactions are the engine's: two of them on this one connection would be one.
  beginTransaction = refuse;
  commitTransaction = refuse;
  rollbackTransaction = refuse;

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

async function refuse(): Promise<void> {
  throw new Error("transactions begin with the engine's write()");
}

class ThreadConnection implements DatabaseConnection {
  readonly #run: RunQuery;

  constructor(run: RunQuery) {
    this.#run = run;
  }

  async executeQuery<Row>({
    sql,
    parameters,
  }: {
    sql: string;
    parameters: readonly unknown[];
  }): Promise<QueryResult<Row>> {
    const { columns, rows, changes, lastInsertRowid } = await this.#run(sql, parameters);
    if (columns !== null) return { rows: rows.map((values) => toObject(columns, values) as Row) };
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error("rows are not streamed between threads; read them in portions, by key");
  }
}

function toObject(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  // A plain loop: it runs over every field of every record that is shown.
  for (let at = 0; at < columns.length; at += 1) row[columns[at] ?? ""] = values[at];
  return row;
}
