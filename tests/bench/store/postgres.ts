import { once } from "node:events";
import { setImmediate } from "node:timers/promises";

import { CameraStore } from "@argus/store";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

import { openTestPostgres } from "../../support/postgres.ts";
import { SyntheticCameras } from "../../support/synthetic-cameras.ts";
import { figure, stallFigure, type PhaseInput, type StoreFigure } from "./figure.ts";
import type { Stall } from "./measure.ts";
import { upsertAll } from "./load.ts";
import { newRows, ROW_COLUMNS } from "./store-rows.ts";

const SCRAPE_BATCH = 500;
const COPIED_AT_ONCE = 500;
const MS_PER_S = 1000;
const LOAD_AIM = 20_000;
const STALL_AIM_MS = 50;

/** The first load into PostgreSQL, beside COPY of the same rows into the same tables of another database. */
export async function measurePostgres({ count, rounds }: PhaseInput): Promise<StoreFigure[]> {
  const cameras = new SyntheticCameras(count);
  await using server = await openTestPostgres({ url: process.env["ARGUS_TEST_POSTGRES_URL"] });
  const runs: { rate: number; stall: Stall; copied: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const loaded = await load(cameras, await server.url());
    runs.push({ ...loaded, copied: await copyRate(cameras, await server.url()) });
  }
  const ratio = runs.map(({ rate, copied }) => rate / copied);
  return [
    figure(
      "first load into PostgreSQL in batches of 500",
      "/s",
      runs.map(({ rate }) => rate),
      "rate",
      LOAD_AIM,
    ),
    figure(
      "PostgreSQL: COPY of the same rows and text index",
      "/s",
      runs.map(({ copied }) => copied),
      "rate",
    ),
    figure("PostgreSQL: ratio to COPY", "", ratio, "rate"),
    stallFigure(
      "PostgreSQL, first load",
      runs.map(({ stall }) => stall),
      STALL_AIM_MS,
    ),
  ];
}

async function load(cameras: SyntheticCameras, url: string): Promise<{ rate: number; stall: Stall }> {
  await using store = new CameraStore({ url });
  await store.connect();
  const { ms, stall } = await upsertAll(store, cameras, SCRAPE_BATCH);
  return { rate: (cameras.count / ms) * MS_PER_S, stall };
}

async function copyRate(cameras: SyntheticCameras, url: string): Promise<number> {
  await makeTables(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const columns = [...ROW_COLUMNS, "health_status", "tokens"];
    const stream = client.query(copyFrom(`copy cameras (${columns.join(", ")}) from stdin`));
    let waited = 0;
    const started = performance.now();
    for (let from = 0; from < cameras.count; from += COPIED_AT_ONCE) {
      const makingAt = performance.now();
      const lines = newRows(cameras, from, COPIED_AT_ONCE).map(copyLine).join("");
      waited += performance.now() - makingAt;
      if (!stream.write(lines)) await once(stream, "drain");
      await setImmediate();
    }
    stream.end();
    await once(stream, "finish");
    return (cameras.count / (performance.now() - started - waited)) * MS_PER_S;
  } finally {
    await client.end();
  }
}

async function makeTables(url: string): Promise<void> {
  await using store = new CameraStore({ url });
  await store.connect();
}

/** https://www.postgresql.org/docs/current/sql-copy.html, text format; the tokens are a tsvector's text as they stand. */
function copyLine(row: readonly (string | number | null)[]): string {
  const values = [...row.slice(0, ROW_COLUMNS.length), "unknown", row.at(-1) ?? null];
  return `${values.map(copyValue).join("\t")}\n`;
}

function copyValue(value: string | number | null): string {
  if (value === null) return "\\N";
  return String(value).replaceAll(/[\\\t\n\r]/gu, (special) => `\\${COPY_NAMES[special] ?? special}`);
}

const COPY_NAMES: Readonly<Record<string, string>> = { "\t": "t", "\n": "n", "\r": "r" };
