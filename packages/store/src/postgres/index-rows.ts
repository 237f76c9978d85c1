import type pg from "pg";

import { INDEX_COLUMNS, type IndexValues } from "../index-row.ts";

const SELECT = `select ${INDEX_COLUMNS.join(", ")} from cameras`;
const AFTER = `${SELECT} where pk > $1 order by pk limit $2`;
const SINCE = `${SELECT} where (change_seq, pk) > ($1, $2) order by change_seq, pk limit $3`;

/** Up to `limit` rows with a greater pk, by pk. */
export async function indexRowsAfter(client: pg.ClientBase, pk: number, limit: number): Promise<IndexValues[]> {
  return rowsOf(client, "index rows after", AFTER, [pk, limit]);
}

/** Up to `limit` rows after a place in the order of (change_seq, pk). */
export async function indexRowsSince(
  client: pg.ClientBase,
  end: { change_seq: number; pk: number },
  limit: number,
): Promise<IndexValues[]> {
  return rowsOf(client, "index rows since", SINCE, [end.change_seq, end.pk, limit]);
}

// Named, so that a connection prepares each once; as arrays, which are built in half the time.
async function rowsOf(client: pg.ClientBase, name: string, text: string, values: number[]): Promise<IndexValues[]> {
  const { rows } = await client.query<(string | number | null)[]>({ name, text, values, rowMode: "array" });
  return rows;
}
