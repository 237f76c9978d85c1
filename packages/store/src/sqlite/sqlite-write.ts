import { Kysely } from "kysely";

import { PLACE_COLUMNS, ROW_COLUMNS, UPDATED_COLUMNS } from "../row-values.ts";
import type { RowValues, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import type { DatabaseThread } from "./database-thread.ts";
import { ThreadDialect } from "./thread-dialect.ts";
import type { EachRequest } from "./worker/protocol.ts";

/** Rows sent at once: half a millisecond of copying, while the thread works on those before. */
const PORTION = 250;

type Statement = EachRequest["statements"][number];

const placeOf = (column: (typeof ROW_COLUMNS)[number]): number => ROW_COLUMNS.indexOf(column);
const PK = placeOf("pk");
const TOKENS = ROW_COLUMNS.length;

const INSERT: readonly Statement[] = [
  {
    sql: `insert into cameras (${ROW_COLUMNS.join(", ")}, health_status) values (${ROW_COLUMNS.map(() => "?").join(", ")}, 'unknown')`,
    columns: ROW_COLUMNS.map(placeOf),
  },
  { sql: "insert into camera_text(rowid, tokens) values (?, ?)", columns: [PK, TOKENS] },
];
const UPDATE: readonly Statement[] = [
  {
    sql: `update cameras set ${UPDATED_COLUMNS.map((column) => `${column} = ?`).join(", ")},
      former_place = case when former_place is null and (${PLACE_COLUMNS.map((column) => `${column} is not ?`).join(" or ")})
        then json_array(${PLACE_COLUMNS.join(", ")}) else former_place end where pk = ?`,
    columns: [...UPDATED_COLUMNS.map(placeOf), ...PLACE_COLUMNS.map(placeOf), PK],
  },
  { sql: "insert or replace into camera_text(rowid, tokens) values (?, ?)", columns: [PK, TOKENS] },
];
const MARK_GONE: readonly Statement[] = [
  { sql: "update cameras set last_seen_at = ?, gone_at = ?, change_seq = ? where pk = ?", columns: [0, 1, 2, 3] },
];

/** What may be done within a transaction on a thread. The first failure is the transaction's: nothing runs after it. */
export class SqliteWrite implements WriteTransaction {
  readonly db: Kysely<Tables>;
  readonly #thread: DatabaseThread;
  #isOver = false;

  constructor(thread: DatabaseThread) {
    this.#thread = thread;
    this.db = new Kysely<Tables>({
      dialect: new ThreadDialect(async (sql, parameters) => {
        this.#assertOpen();
        return this.#thread.ask({ kind: "query", sql, parameters, within: true });
      }),
    });
  }

  insertCameras(rows: readonly RowValues[]): Promise<void> {
    return this.#each(INSERT, rows);
  }

  updateCameras(rows: readonly RowValues[]): Promise<void> {
    return this.#each(UPDATE, rows);
  }

  markGone(
    rows: readonly { pk: number; last_seen_at: string }[],
    { gone_at, change_seq }: { gone_at: string; change_seq: number },
  ): Promise<void> {
    return this.#each(
      MARK_GONE,
      rows.map(({ pk, last_seen_at }) => [last_seen_at, gone_at, change_seq, pk]),
    );
  }

  /** Nothing that is asked for later runs. */
  end(): void {
    this.#isOver = true;
  }

  #each(statements: readonly Statement[], rows: readonly RowValues[]): Promise<void> {
    const done = this.#send(statements, rows);
    // Whoever does not wait for it hears of it at the commit.
    done.catch(() => {});
    return done;
  }

  async #send(statements: readonly Statement[], rows: readonly RowValues[]): Promise<void> {
    this.#assertOpen();
    const changes: Promise<number>[] = [];
    for (let from = 0; from < rows.length; from += PORTION) {
      changes.push(this.#thread.ask({ kind: "each", statements, rows: rows.slice(from, from + PORTION) }));
    }
    const changed = (await Promise.all(changes)).reduce((sum, count) => sum + count, 0);
    if (changed !== rows.length) throw new Error(`${rows.length - changed} of ${rows.length} cameras have no row`);
  }

  #assertOpen(): void {
    if (this.#isOver) throw new Error("the transaction is over; wait for everything within it");
  }
}
