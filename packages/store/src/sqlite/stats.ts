import { stat } from "node:fs/promises";

import type { EngineStats } from "../store-engine.ts";
import type { DatabaseThread } from "./database-thread.ts";
import { readNumber } from "./file-owner.ts";

// FTS5 keeps its own tables beside `camera_text`, which has no rows that could be counted.
const TABLES = `select name from sqlite_schema where type = 'table'
  and name not like 'sqlite\\_%' escape '\\' and name not like 'camera\\_text%' escape '\\' order by name`;

/** Sizes and numbers; `path` is null for a database in memory. */
export async function readStats(thread: DatabaseThread, path: string | null): Promise<EngineStats> {
  const names = await thread.ask({ kind: "rows", sql: TABLES, parameters: [] });
  const rows: Record<string, number> = {};
  for (const [name] of names) rows[String(name)] = await readNumber(thread, `select count(*) from "${String(name)}"`);
  return {
    schema_version: await readNumber(thread, "pragma user_version"),
    bytes: path === null ? await bytesInMemory(thread) : await bytesOnDisk(path),
    rows,
  };
}

async function bytesInMemory(thread: DatabaseThread): Promise<number> {
  return (await readNumber(thread, "pragma page_count")) * (await readNumber(thread, "pragma page_size"));
}

/** The file with its log. */
async function bytesOnDisk(path: string): Promise<number> {
  const sizes = [path, `${path}-wal`, `${path}-shm`].map(
    async (file) => (await stat(file).catch(() => null))?.size ?? 0,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
