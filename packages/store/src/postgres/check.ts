import type { ListedCamera } from "@argus/core";
import type pg from "pg";

import { LISTED_KEYS } from "../camera-record.ts";
import { listingHash, urlHash } from "../hash.ts";
import { searchTokens } from "../search/terms.ts";
import { TimeSlice } from "../time-slice.ts";

/** Cameras looked at closely, spread over all. */
const SAMPLE = 1000;
const LONGEST_STATEMENT_MS = 30 * 60_000;
// Indexes are left out, for a damaged one could hide what is looked for.
const BEGIN = `begin isolation level repeatable read read only; set local statement_timeout = ${LONGEST_STATEMENT_MS};
  set local enable_indexscan = off; set local enable_indexonlyscan = off; set local enable_bitmapscan = off`;

type Finding = { readonly query: string; readonly tell: (found: string) => string };

const FINDINGS: readonly Finding[] = [
  {
    query: "select count(*) as found from registry_state having count(*) <> 1",
    tell: (found) => `registry_state has ${found} rows instead of one`,
  },
  {
    query: "select id as found from cameras group by id having count(*) > 1 limit 10",
    tell: (found) => `camera ${found} is stored more than once`,
  },
  {
    query: "select pk as found from cameras group by pk having count(*) > 1 limit 10",
    tell: (found) => `number ${found} was given to more than one camera`,
  },
  {
    query: "select id as found from cameras where change_seq > (select max(change_seq) from registry_state) limit 10",
    tell: (found) => `camera ${found} was written after the registry's last change`,
  },
  {
    query: "select id as found from cameras where split_part(id, ':', 1) <> source_id limit 10",
    tell: (found) => `camera ${found} is not named after its source`,
  },
  {
    query: `select id as found from cameras
      where not exists (select from camera_text where camera_text.pk = cameras.pk) limit 10`,
    tell: (found) => `camera ${found} is not in the text index`,
  },
  {
    query: `select pk as found from camera_text
      where not exists (select from cameras where cameras.pk = camera_text.pk) limit 10`,
    tell: (found) => `the text index holds number ${found}, which is no camera's`,
  },
  {
    query: `select distinct collection_id as found from collection_cameras
      where not exists (select from collections where id = collection_id) limit 10`,
    tell: (found) => `cameras are in a collection ${found} that is not there`,
  },
  {
    query: "select source_id as found from source_settings where options not like '{%}' limit 10",
    tell: (found) => `source ${found} has options that cannot be read`,
  },
  {
    query: "select source_id as found from source_settings where held not like '{%}' limit 10",
    tell: (found) => `source ${found} has a held listing that cannot be read`,
  },
];

/** What is wrong with the registry, a line for each; pages and indexes are PostgreSQL's own to check (amcheck). */
export async function check(client: pg.ClientBase): Promise<string[]> {
  await client.query(BEGIN);
  try {
    const found: string[] = [];
    for (const { query, tell } of FINDINGS) {
      const { rows } = await client.query<{ found: string | number }>(query);
      found.push(...rows.map((row) => tell(String(row.found))));
    }
    return [...found, ...(await checkSample(client))];
  } finally {
    // Fails only on a connection that is lost, and then whatever was under way says so.
    await client.query("rollback").catch(() => {});
  }
}

type SampleRow = ListedCamera & {
  listing_hash: number;
  stream_url_hash: number | null;
  snapshot_url_hash: number | null;
  tokens: string[];
};

async function checkSample(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<Omit<SampleRow, "tags"> & { tags: string }>(
    `select ${LISTED_KEYS.join(", ")}, listing_hash, stream_url_hash, snapshot_url_hash, coalesce(tsvector_to_array(tokens), '{}') as tokens
      from (select *, row_number() over (order by pk) as place, count(*) over () as total from cameras) as numbered
        left join camera_text using (pk)
      where (place - 1) % greatest(1, total / ${SAMPLE}) = 0`,
  );
  const found: string[] = [];
  const slice = new TimeSlice();
  for (const row of rows) {
    found.push(...checkRow({ ...row, tags: JSON.parse(row.tags) as string[] }));
    if (slice.isOver) await slice.pause();
  }
  return found;
}

function checkRow(row: SampleRow): string[] {
  const found: string[] = [];
  if (row.listing_hash !== listingHash(row)) found.push(`camera ${row.id} does not have the hash of what it holds`);
  if (row.stream_url_hash !== urlHash(row.stream_url) || row.snapshot_url_hash !== urlHash(row.snapshot_url)) {
    found.push(`camera ${row.id} does not have the hashes of its URLs`);
  }
  const tokens = new Set(searchTokens(row).split(" ").filter(Boolean));
  if (tokens.size !== row.tokens.length || !row.tokens.every((token) => tokens.has(token))) {
    found.push(`camera ${row.id} is not found by its own words`);
  }
  return found;
}
