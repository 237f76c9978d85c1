import { INDEX_COLUMNS, type IndexValues } from "../index-row.ts";
import type { DatabaseThread } from "./database-thread.ts";
import type { Value } from "./worker/protocol.ts";

const COLUMNS = INDEX_COLUMNS.join(", ");
const AFTER = `select ${COLUMNS} from cameras where pk > ? order by pk limit ?`;
const SINCE = `select ${COLUMNS} from cameras where (change_seq, pk) > (?, ?) order by change_seq, pk limit ?`;

export function readRowsAfter(thread: DatabaseThread, pk: number, limit: number): Promise<IndexValues[]> {
  return readRows(thread, AFTER, [pk, limit]);
}

export function readRowsSince(
  thread: DatabaseThread,
  { change_seq, pk }: { change_seq: number; pk: number },
  limit: number,
): Promise<IndexValues[]> {
  return readRows(thread, SINCE, [change_seq, pk, limit]);
}

// As arrays of values, which is what is cheapest between threads: texts joined in SQL, or JSON, cost more in all.
async function readRows(thread: DatabaseThread, sql: string, parameters: Value[]): Promise<IndexValues[]> {
  return (await thread.ask({ kind: "rows", sql, parameters })) as IndexValues[];
}
