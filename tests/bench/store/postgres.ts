import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";

import { CameraStore } from "@argus/store";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

import { openTestPostgres } from "../../support/postgres.ts";
import { SyntheticCameras } from "../../support/synthetic-cameras.ts";
import { figure, stallFigure, type PhaseInput, type StoreFigure } from "./figure.ts";
import { type Stall, timed } from "./measure.ts";
import { LARGE_BATCH, SCRAPE_BATCH, upsertAll } from "./load.ts";
import { newRows, type Row, ROW_COLUMNS } from "./store-rows.ts";

const MADE_AT_ONCE = 5000;
const MS_PER_S = 1000;
const LOAD_AIM = 20_000;
const STALL_AIM_MS = 50;
const CHANGES = 20;
const SPREAD_AIM_MS = 1000;
const LONGEST_WAIT_MS = 10_000;

/** The first load into PostgreSQL, beside COPY of the same rows into the same tables of another database. */
export async function measurePostgres({ count, folder, rounds }: PhaseInput): Promise<StoreFigure[]> {
  const cameras = new SyntheticCameras(count);
  await using server = await openTestPostgres({ url: process.env["ARGUS_TEST_POSTGRES_URL"] });
  const copied: number[] = [];
  const loads = new Map<number, { rate: number; stall: Stall }[]>([
    [LARGE_BATCH, []],
    [SCRAPE_BATCH, []],
  ]);
  for (let round = 0; round < rounds; round += 1) {
    copied.push(await copyRate(cameras, await server.url(), folder));
    for (const [batch, runs] of loads) runs.push(await load(cameras, await server.url(), batch));
  }
  const figures = [...loads].flatMap(([batch, runs]) => loadFigures(batch, runs, copied));
  return [
    ...figures,
    figure("PostgreSQL: COPY of the same rows and text index", "/s", copied, "rate"),
    figure(
      "PostgreSQL: a change in another store's memory",
      "ms",
      await spread(cameras, await server.url()),
      "none",
      SPREAD_AIM_MS,
    ),
  ];
}

function loadFigures(batch: number, runs: readonly { rate: number; stall: Stall }[], copied: number[]): StoreFigure[] {
  const batches = `in batches of ${batch.toLocaleString("en")}`;
  const rates = runs.map(({ rate }) => rate);
  const ratios = rates.map((rate, round) => rate / (copied[round] ?? Number.NaN));
  const stalls = runs.map(({ stall }) => stall);
  return [
    figure(`first load into PostgreSQL ${batches}`, "/s", rates, "rate", LOAD_AIM),
    figure(`PostgreSQL ${batches}: ratio to COPY`, "", ratios, "rate"),
    stallFigure(`PostgreSQL, first load ${batches}`, stalls, STALL_AIM_MS),
  ];
}

async function load(cameras: SyntheticCameras, url: string, batch: number): Promise<{ rate: number; stall: Stall }> {
  await using store = new CameraStore({ url });
  await store.connect();
  const { ms, stall } = await upsertAll(store, cameras, batch);
  return { rate: (cameras.count / ms) * MS_PER_S, stall };
}

/** How long after each of some changes was stored another store knows of it without being asked, in milliseconds. */
async function spread(cameras: SyntheticCameras, url: string): Promise<number[]> {
  await using writer = new CameraStore({ url });
  await using reader = new CameraStore({ url });
  await writer.connect();
  await reader.connect();
  const times: number[] = [];
  for (let n = 0; n < CHANGES; n += 1) {
    await writer.upsert(cameras.slice(n, n + 1));
    // `size` is what is in memory; it asks nobody.
    times.push(await timed(() => until(() => reader.size === n + 1)));
  }
  return times;
}

async function until(isSo: () => boolean): Promise<void> {
  const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
  while (!isSo()) await setTimeout(1, undefined, { signal });
}

async function copyRate(cameras: SyntheticCameras, url: string, folder: string): Promise<number> {
  await makeTables(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const columns = [...ROW_COLUMNS, "health_status"].join(", ");
    // Made before, for the server would go on while rows are made and the clock stands.
    const rows = await writeLines(cameras, join(folder, "cameras.copy"), cameraLine);
    const texts = await writeLines(cameras, join(folder, "texts.copy"), textLine);
    const ms = await timed(async () => {
      await client.query("begin");
      await pipeline(createReadStream(rows), client.query(copyFrom(`copy cameras (${columns}) from stdin`)));
      await pipeline(createReadStream(texts), client.query(copyFrom("copy camera_text (pk, tokens) from stdin")));
      await client.query("commit");
    });
    await Promise.all([rm(rows), rm(texts)]);
    return (cameras.count / ms) * MS_PER_S;
  } finally {
    await client.end();
  }
}

async function writeLines(cameras: SyntheticCameras, file: string, lineOf: (row: Row) => string): Promise<string> {
  await using handle = await open(file, "w");
  for (let from = 0; from < cameras.count; from += MADE_AT_ONCE) {
    await handle.write(newRows(cameras, from, MADE_AT_ONCE).map(lineOf).join(""));
  }
  return file;
}

async function makeTables(url: string): Promise<void> {
  await using store = new CameraStore({ url });
  await store.connect();
}

const cameraLine = (row: Row): string => copyLine([...row.slice(0, ROW_COLUMNS.length), "unknown"]);

/** The tokens are a tsvector's text as they stand. */
const textLine = (row: Row): string => copyLine([row[0] ?? null, row.at(-1) ?? null]);

/** https://www.postgresql.org/docs/current/sql-copy.html, text format. */
function copyLine(values: Row): string {
  return `${values.map(copyValue).join("\t")}\n`;
}

function copyValue(value: string | number | null): string {
  if (value === null) return "\\N";
  return String(value).replaceAll(/[\\\t\n\r]/gu, (special) => `\\${COPY_NAMES[special] ?? special}`);
}

const COPY_NAMES: Readonly<Record<string, string>> = { "\t": "t", "\n": "n", "\r": "r" };
