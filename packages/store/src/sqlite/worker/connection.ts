import BetterSqlite3 from "better-sqlite3";

import type {
  BackupProgress,
  BackupRequest,
  EachRequest,
  NumbersRequest,
  OpenRequest,
  QueryAnswer,
  QueryRequest,
  Request,
  RowsRequest,
  Value,
  Versions,
} from "./protocol.ts";
import { parseNumbers } from "./parse-numbers.ts";
import { Statements } from "./statements.ts";

/** A few milliseconds of copying, so that an abandoned backup ends soon. */
const BACKUP_PAGES = 1000;
const NOTHING: QueryAnswer = { columns: null, rows: [], changes: 0, lastInsertRowid: 0 };

/** The one connection of a database thread. */
export class Connection {
  #open: { database: BetterSqlite3.Database; statements: Statements } | null = null;
  /** Why the transaction cannot be committed any more, as in PostgreSQL: its first error. */
  #failed: { error: unknown } | null = null;

  run(request: Exclude<Request, BackupRequest>): unknown {
    switch (request.kind) {
      case "open":
        return this.#start(request);
      case "query":
        return request.within ? this.#within(() => this.#query(request)) : this.#query(request);
      case "each":
        return this.#within(() => this.#each(request));
      case "rows":
        return this.#rows(request);
      case "numbers":
        return this.#numbers(request);
      case "begin":
        return this.#begin();
      case "commit":
        return this.#commit();
      case "rollback":
        return this.#rollback();
      case "close":
        return this.#close();
    }
  }

  /** Copies one state of the database, whatever is written meanwhile. */
  async backup(target: string, tell: (progress: BackupProgress) => void): Promise<void> {
    const { database } = this.#connection;
    // A read transaction held open: without one, each write of another connection would start the copy over.
    database.exec("begin");
    try {
      database.prepare("select count(*) from sqlite_schema").get();
      await database.backup(target, {
        progress({ totalPages, remainingPages }) {
          tell({ done: totalPages - remainingPages, total: totalPages });
          return BACKUP_PAGES;
        },
      });
    } finally {
      database.exec("rollback");
    }
  }

  get #connection(): { database: BetterSqlite3.Database; statements: Statements } {
    if (this.#open === null) throw new Error("the connection is not open");
    return this.#open;
  }

  #start({ path, mustExist, readOnly, lockWaitMs, pragmas }: OpenRequest): null {
    const database = new BetterSqlite3(path, { fileMustExist: mustExist, readonly: readOnly, timeout: lockWaitMs });
    try {
      for (const pragma of pragmas) database.pragma(pragma);
    } catch (error) {
      database.close();
      throw error;
    }
    this.#open = { database, statements: new Statements(database) };
    this.#failed = null;
    return null;
  }

  #query({ sql, parameters }: QueryRequest): QueryAnswer {
    const { database, statements } = this.#connection;
    // After some failures (a full disk) SQLite has rolled back by itself; another rollback would fail and hide the cause.
    if (sql === "rollback" && !database.inTransaction) return NOTHING;
    const statement = statements.prepare(sql);
    if (!statement.reader) return { ...NOTHING, ...statement.run(...parameters) };
    const rows = statement.all(...parameters) as Value[][];
    return { ...NOTHING, columns: statement.columns().map(({ name }) => name), rows };
  }

  #each({ statements, rows }: EachRequest): number {
    let changed = 0;
    for (const [at, { sql, columns }] of statements.entries()) {
      const statement = this.#connection.statements.prepare(sql);
      const values: (string | number | null)[] = columns.map(() => null);
      // The hot loop of every load: nothing is allocated for a row.
      for (const row of rows) {
        for (let n = 0; n < columns.length; n += 1) values[n] = row[columns[n] ?? -1] ?? null;
        const { changes } = statement.run(values);
        if (at === 0) changed += changes;
      }
    }
    return changed;
  }

  #rows({ sql, parameters }: RowsRequest): Value[][] {
    return this.#connection.statements.prepare(sql).all(...parameters) as Value[][];
  }

  #numbers({ sql, parameters }: NumbersRequest): Uint32Array<ArrayBuffer> {
    const row = this.#connection.statements.prepare(sql).get(...parameters) as [Uint8Array | null] | undefined;
    return parseNumbers(row?.[0] ?? new Uint8Array());
  }

  #begin(): Versions {
    const { database } = this.#connection;
    database.exec("begin immediate");
    this.#failed = null;
    const read = (pragma: string): number => Number(database.pragma(pragma, { simple: true }));
    return { data: read("data_version"), schema: read("user_version") };
  }

  #commit(): null {
    const { database } = this.#connection;
    try {
      if (this.#failed !== null) throw this.#failed.error;
      database.exec("commit");
      return null;
    } finally {
      if (database.inTransaction) database.exec("rollback");
    }
  }

  #rollback(): null {
    const { database } = this.#connection;
    if (database.inTransaction) database.exec("rollback");
    return null;
  }

  #within<Result>(task: () => Result): Result {
    if (this.#failed !== null) throw this.#failed.error;
    if (!this.#connection.database.inTransaction) throw new Error("no transaction is open");
    try {
      return task();
    } catch (error) {
      this.#failed = { error };
      throw error;
    }
  }

  #close(): null {
    this.#open?.database.close();
    this.#open = null;
    return null;
  }
}
