import type { ListedCamera } from "@argus/core";

import { LISTED_KEYS } from "../camera-record.ts";
import { listingHash, urlHash } from "../hash.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { searchTokens } from "../search/terms.ts";
import type { DatabaseThread } from "./database-thread.ts";
import { readNumber } from "./file-owner.ts";
import { sqliteCode } from "./sqlite-errors.ts";
import { textQuery } from "./text-query.ts";

/** Cameras looked at closely, spread over all. */
const SAMPLE = 1000;
/** Looked at between two chances to stop. */
const PORTION = 100;
const HASHES = ["listing_hash", "stream_url_hash", "snapshot_url_hash"] as const;

type Finding = { readonly query: string; readonly tell: (found: string) => string };

/** What Argus expects beyond what SQLite itself can tell. */
const FINDINGS: readonly Finding[] = [
  {
    query: "select count(*) from registry_state having count(*) <> 1 or min(id) <> 1",
    tell: (found) => `registry_state has ${found} rows instead of one, or not the right one`,
  },
  {
    query: "select id from cameras where change_seq > (select max(change_seq) from registry_state) limit 10",
    tell: (found) => `camera ${found} was written after the registry's last change`,
  },
  {
    query: "select id from cameras where substr(id, 1, length(source_id) + 1) <> source_id || ':' limit 10",
    tell: (found) => `camera ${found} is not named after its source`,
  },
  {
    query: "select id from cameras where not json_valid(tags) limit 10",
    tell: (found) => `camera ${found} has tags that cannot be read`,
  },
  {
    query: "select id from cameras where pk not in (select id from camera_text_docsize) limit 10",
    tell: (found) => `camera ${found} is not in the text index`,
  },
  {
    query: "select id from camera_text_docsize where id not in (select pk from cameras) limit 10",
    tell: (found) => `the text index holds number ${found}, which is no camera's`,
  },
  {
    query: `select distinct collection_id from collection_cameras
      where collection_id not in (select id from collections) limit 10`,
    tell: (found) => `cameras are in a collection ${found} that is not there`,
  },
  {
    query: "select source_id from source_settings where not json_valid(options) limit 10",
    tell: (found) => `source ${found} has options that cannot be read`,
  },
  {
    query: "select source_id from source_settings where not json_valid(held) limit 10",
    tell: (found) => `source ${found} has a held listing that cannot be read`,
  },
];

/** What is wrong with the database, a line for each. */
export async function checkDatabase(thread: DatabaseThread, signal?: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const ask = async (sql: string): Promise<readonly (readonly unknown[])[]> =>
    thread.ask({ kind: "rows", sql, parameters: [] }, { signal });
  try {
    // Pages, indexes, and the structure of the text index.
    const damage = (await ask("pragma integrity_check")).map(([line]) => String(line));
    found.push(...damage.filter((line) => line !== "ok"));
    // The expectations are those of this program's schema; an older file gets it when it is opened.
    if ((await readNumber(thread, "pragma user_version")) !== SCHEMA_VERSION) return found;
    for (const { query, tell } of FINDINGS) found.push(...(await ask(query)).map(([first]) => tell(String(first))));
    return [...found, ...(await checkSample(thread, signal))];
  } catch (error) {
    // So damaged that SQLite gives up; what was found until then is all there is to tell.
    if (!/^SQLITE_(?:CORRUPT|NOTADB)/u.test(sqliteCode(error))) throw error;
    return [...found, `SQLite cannot read on: ${error instanceof Error ? error.message : "it is damaged"}`];
  }
}

async function checkSample(thread: DatabaseThread, signal: AbortSignal | undefined): Promise<string[]> {
  const columns = ["pk", ...LISTED_KEYS, ...HASHES];
  const [range] = await thread.ask({ kind: "rows", sql: "select max(pk) from cameras", parameters: [] }, { signal });
  const step = Math.max(1, Math.floor(Number(range?.[0] ?? 0) / SAMPLE));
  const sql = `select ${columns.join(", ")} from cameras where pk > ? and pk % ${step} = 0 order by pk limit ${PORTION}`;
  const found: string[] = [];
  for (let last = 0; ;) {
    const rows = await thread.ask({ kind: "rows", sql, parameters: [last] }, { signal });
    for (const values of rows) found.push(...(await checkRow(thread, toSample(columns, values))));
    if (rows.length < PORTION) return found;
    last = Number(rows.at(-1)?.[0]);
  }
}

type SampleRow = ListedCamera & { pk: number } & Record<(typeof HASHES)[number], number | null>;

function toSample(columns: readonly string[], values: readonly unknown[]): SampleRow {
  const row = Object.fromEntries(columns.map((column, at) => [column, values[at]])) as Record<string, unknown>;
  return { ...row, tags: JSON.parse(String(row["tags"])) as string[] } as SampleRow;
}

async function checkRow(thread: DatabaseThread, row: SampleRow): Promise<string[]> {
  const found: string[] = [];
  if (row.listing_hash !== listingHash(row)) found.push(`camera ${row.id} does not have the hash of what it holds`);
  if (row.stream_url_hash !== urlHash(row.stream_url) || row.snapshot_url_hash !== urlHash(row.snapshot_url)) {
    found.push(`camera ${row.id} does not have the hashes of its URLs`);
  }
  if (!(await isFound(thread, row))) found.push(`camera ${row.id} is not found by its own words`);
  return found;
}

async function isFound(thread: DatabaseThread, row: SampleRow): Promise<boolean> {
  const tokens = searchTokens(row).split(" ").filter(Boolean);
  if (tokens.length === 0) return true;
  const terms = tokens.map((token) => ({ token, isPrefix: false }));
  // FTS5 passes over a rowid that is no integer, and numbers come to SQLite as reals.
  const sql = "select rowid from camera_text where camera_text match ? and rowid = cast(? as integer)";
  return (await thread.ask({ kind: "rows", sql, parameters: [textQuery(terms), row.pk] })).length === 1;
}
