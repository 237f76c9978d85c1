import type { Kysely } from "kysely";
import type pg from "pg";

import { PLACE_COLUMNS, ROW_COLUMNS, UPDATED_COLUMNS } from "../row-values.ts";
import type { RowValues, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { copyText } from "./copy-text.ts";
import { onOneConnection } from "./one-connection.ts";
import { OpenCopy } from "./open-copy.ts";
import { Turns } from "./turns.ts";

/** Rows sent at once: a few milliseconds of work on either side. */
const PORTION = 500;
/** One COPY takes a second or less: a statement has a time limit, and its rows' tokens wait in memory; but each has its price. */
const PORTIONS_PER_COPY = 20;
const COLUMNS = [...ROW_COLUMNS, "tokens"] as const;
const PK = ROW_COLUMNS.indexOf("pk");
const TOKENS = ROW_COLUMNS.length;
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
const INSERT = `copy cameras (${[...ROW_COLUMNS, "health_status"].join(", ")}) from stdin`;
const INSERT_TEXT = "copy camera_text (pk, tokens) from stdin";
const UPDATE = `with told as (
    select * from unnest(${COLUMNS.map((column, n) => `$${n + 1}::${arrayType(column)}[]`).join(", ")})
      as given (${COLUMNS.join(", ")})
  ), listed as (
    update cameras set ${UPDATED_COLUMNS.map((column) => `${column} = told.${column}`).join(", ")},
      former_place = case when cameras.former_place is null
        and (${PLACE_COLUMNS.map((column) => `cameras.${column} is distinct from told.${column}`).join(" or ")})
        then json_build_array(${PLACE_COLUMNS.map((column) => `cameras.${column}`).join(", ")})::text
        else cameras.former_place end
      from told where cameras.pk = told.pk returning cameras.pk
  )
  update camera_text set tokens = told.tokens::tsvector from told join listed using (pk) where camera_text.pk = told.pk`;
const MARK_GONE = `update cameras set gone_at = $1, change_seq = $2, last_seen_at = one.last_seen_at
  from unnest($3::bigint[], $4::text[]) as one (pk, last_seen_at) where cameras.pk = one.pk`;

function arrayType(column: string): string {
  if (WHOLE.has(column)) return "bigint";
  return REAL.has(column) ? "double precision" : "text";
}

type CopiedTexts = { readonly cameras: string; readonly tokens: string };

/** What may be done within a transaction; the bulk calls run one after the other, however they are made. */
export class PostgresWrite implements WriteTransaction {
  readonly db: Kysely<Tables>;
  readonly #client: pg.ClientBase;
  readonly #turns: Turns = new Turns(() => this.#endCopy());
  #tail: Promise<void> = Promise.resolve();
  #copy: OpenCopy | null = null;
  /** Of the rows that the open COPY has taken: a connection can do only one at a time. */
  readonly #tokens: string[] = [];

  constructor(client: pg.ClientBase) {
    this.#client = client;
    this.db = onOneConnection(client, { inTransaction: true, turns: this.#turns });
  }

  /** Resolves when the rows are on their way; what is wrong with them comes out with whatever is done next. */
  insertCameras(rows: readonly RowValues[]): Promise<void> {
    const toTexts = (portion: readonly RowValues[]): CopiedTexts => ({
      cameras: copyText(portion.map((row) => [...row.slice(0, TOKENS), NEW_HEALTH])),
      tokens: copyText(portion.map((row) => [row[PK] ?? null, row[TOKENS] ?? null])),
    });
    return this.#inOrder(rows, toTexts, (texts) => this.#turns.takeOpen(() => this.#insert(texts)));
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

  async #insert({ cameras, tokens }: CopiedTexts): Promise<void> {
    this.#copy ??= new OpenCopy(this.#client, INSERT);
    await this.#copy.write(cameras);
    this.#tokens.push(tokens);
    if (this.#tokens.length >= PORTIONS_PER_COPY) await this.#endCopy();
  }

  async #endCopy(): Promise<void> {
    const copy = this.#copy;
    if (copy === null) return;
    this.#copy = null;
    const tokens = this.#tokens.splice(0).join("");
    await copy.end();
    const text = new OpenCopy(this.#client, INSERT_TEXT);
    await text.write(tokens);
    await text.end();
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
