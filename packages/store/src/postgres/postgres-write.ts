import type { Kysely } from "kysely";
import type pg from "pg";

import { ROW_COLUMNS, UPDATED_COLUMNS } from "../row-values.ts";
import type { RowValues, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { copyText } from "./copy-text.ts";
import { onOneConnection } from "./one-connection.ts";
import { OpenCopy } from "./open-copy.ts";
import { Turns } from "./turns.ts";

/** Rows sent at once: a few milliseconds of work on either side. */
const PORTION = 500;
/** One COPY takes a second or so: a statement has a time limit, and starting one has its price. */
const PORTIONS_PER_COPY = 40;
const COLUMNS = [...ROW_COLUMNS, "tokens"] as const;
const UPDATED = [...UPDATED_COLUMNS, "tokens"] as const;
const WHOLE: ReadonlySet<string> = new Set([
  "pk",
  "change_seq",
  "listing_hash",
  "stream_url_hash",
  "snapshot_url_hash",
]);
const REAL: ReadonlySet<string> = new Set(["lat", "lon", "heading_deg", "refresh_s"]);
/** A new row's health: the one thing that is neither told nor null. */
const NEW_HEALTH = "unknown";
const INSERT = `copy cameras (${[...COLUMNS, "health_status"].join(", ")}) from stdin`;
const UPDATE = `update cameras set ${UPDATED.map((column) => `${column} = one.${column}`).join(", ")}
  from (select ${COLUMNS.map((column) => (column === "tokens" ? "tokens::tsvector" : column)).join(", ")}
    from unnest(${COLUMNS.map((column, n) => `$${n + 1}::${arrayType(column)}[]`).join(", ")}) as given (${COLUMNS.join(", ")})) as one
  where cameras.pk = one.pk`;
const MARK_GONE = `update cameras set gone_at = $1, change_seq = $2, last_seen_at = one.last_seen_at
  from unnest($3::bigint[], $4::text[]) as one (pk, last_seen_at) where cameras.pk = one.pk`;

function arrayType(column: string): string {
  if (WHOLE.has(column)) return "bigint";
  return REAL.has(column) ? "double precision" : "text";
}

/** What may be done within a transaction; the bulk calls run one after the other, however they are made. */
export class PostgresWrite implements WriteTransaction {
  readonly db: Kysely<Tables>;
  readonly #client: pg.ClientBase;
  readonly #turns: Turns = new Turns(() => this.#endCopy());
  #tail: Promise<void> = Promise.resolve();
  #copy: OpenCopy | null = null;
  #copied = 0;

  constructor(client: pg.ClientBase) {
    this.#client = client;
    this.db = onOneConnection(client, { inTransaction: true, turns: this.#turns });
  }

  /** Resolves when the rows are on their way; what is wrong with them comes out with whatever is done next. */
  insertCameras(rows: readonly RowValues[]): Promise<void> {
    const toText = (portion: readonly RowValues[]): string => copyText(portion, `\t${NEW_HEALTH}`);
    return this.#inOrder(rows, toText, (text) => this.#turns.takeOpen(() => this.#insert(text)));
  }

  updateCameras(rows: readonly RowValues[]): Promise<void> {
    const toColumns = (portion: readonly RowValues[]): unknown[] =>
      COLUMNS.map((_column, n) => portion.map((row) => row[n] ?? null));
    return this.#inOrder(rows, toColumns, (columns, count) => this.#update(UPDATE, columns, count));
  }

  markGone(
    rows: readonly { pk: number; last_seen_at: string }[],
    { gone_at, change_seq }: { gone_at: string; change_seq: number },
  ): Promise<void> {
    const toColumns = (portion: typeof rows): unknown[] => [
      gone_at,
      change_seq,
      portion.map(({ pk }) => pk),
      portion.map(({ last_seen_at }) => last_seen_at),
    ];
    return this.#inOrder(rows, toColumns, (columns, count) => this.#update(MARK_GONE, columns, count));
  }

  /** When all is done. @throws what a bulk call failed with. */
  async settled(): Promise<void> {
    try {
      await this.#tail;
    } finally {
      // Only now have all of them had their turns.
      await this.#turns.take(async () => {});
    }
  }

  async #insert(text: string): Promise<void> {
    this.#copy ??= new OpenCopy(this.#client, INSERT);
    await this.#copy.write(text);
    this.#copied += 1;
    if (this.#copied >= PORTIONS_PER_COPY) await this.#endCopy();
  }

  async #endCopy(): Promise<void> {
    const copy = this.#copy;
    this.#copy = null;
    this.#copied = 0;
    await copy?.end();
  }

  #update(text: string, values: unknown[], rows: number): Promise<void> {
    return this.#turns.take(async () => {
      const { rowCount } = await this.#client.query({ text, values });
      if (rowCount !== rows) throw new Error(`${rows - (rowCount ?? 0)} of ${rows} cameras have no row`);
    });
  }

  // The first portion is made ready at once, while the server still works on the calls before.
  #inOrder<Row, Made>(
    rows: readonly Row[],
    make: (portion: readonly Row[]) => Made,
    send: (made: Made, count: number) => Promise<void>,
  ): Promise<void> {
    if (rows.length === 0) return this.#tail;
    const portionAt = (from: number): readonly Row[] => rows.slice(from, from + PORTION);
    const first = make(portionAt(0));
    this.#tail = this.#tail.then(async () => {
      let sending = send(first, portionAt(0).length);
      for (let from = PORTION; from < rows.length; from += PORTION) {
        // Awaited below; meanwhile its failure is nobody's.
        sending.catch(() => {});
        const portion = portionAt(from);
        const made = make(portion);
        await sending;
        sending = send(made, portion.length);
      }
      await sending;
    });
    this.#tail.catch(() => {});
    return this.#tail;
  }
}
