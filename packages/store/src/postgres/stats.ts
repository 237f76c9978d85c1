import type pg from "pg";

import type { EngineStats } from "../store-engine.ts";
import { readVersion } from "./schema.ts";
import { TABLE_NAMES, TEXT_TABLE } from "./table-names.ts";

/** What Argus's tables hold and take; other tables of the database do not count. */
export async function readStats(client: pg.ClientBase): Promise<EngineStats> {
  const rows: Record<string, number> = {};
  for (const table of TABLE_NAMES) rows[table] = await count(client, table);
  const sizes = await client.query<{ bytes: number }>(
    `select coalesce(sum(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass)), 0)::bigint as bytes
      from pg_tables where schemaname = current_schema() and tablename = any($1)`,
    [[...TABLE_NAMES, TEXT_TABLE, "argus_schema"]],
  );
  return { schema_version: await readVersion(client), bytes: sizes.rows[0]?.bytes ?? 0, rows };
}

async function count(client: pg.ClientBase, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${table}`);
  return rows[0]?.count ?? 0;
}
