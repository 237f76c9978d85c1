import type BetterSqlite3 from "better-sqlite3";

const MAX_STATEMENTS = 100;

/** The statements of a connection, each SQL text prepared once. */
export class Statements {
  readonly #database: BetterSqlite3.Database;
  readonly #prepared = new Map<string, BetterSqlite3.Statement>();

  constructor(database: BetterSqlite3.Database) {
    this.#database = database;
  }

  /** Its rows come as arrays. */
  prepare(sql: string): BetterSqlite3.Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    if (this.#prepared.size >= MAX_STATEMENTS) this.#prepared.clear();
    const statement = this.#database.prepare(sql);
    if (statement.reader) statement.raw();
    this.#prepared.set(sql, statement);
    return statement;
  }
}
