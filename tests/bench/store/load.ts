import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";

import { CameraStore } from "@argus/store";
import type { ListedCamera } from "@argus/core";

import { SyntheticCameras } from "../../support/synthetic-cameras.ts";
import { bareRate } from "./bare-sqlite.ts";
import { figure, type PhaseInput, REGISTRY, SNAPSHOT_END, stallFigure, type StoreFigure } from "./figure.ts";
import { longestStall, type Stall, timed } from "./measure.ts";
import { writeQuestions } from "./questions.ts";
import { parsed } from "./store-rows.ts";

/** How many cameras a scrape hands over at once, and a program that has them all. */
export const SCRAPE_BATCH = 500;
export const LARGE_BATCH = 10_000;
/** Few enough that making them holds up nothing. */
const MADE_AT_ONCE = 200;
const MS_PER_S = 1000;
const LOAD_AIM = 40_000;
const RATIO_AIM = 0.6;
const RESCRAPE_AIM = 150_000;
const STALL_AIM_MS = 50;

/** Writes all cameras into a new SQLite file, as scrapes do, and leaves the file for the phases that read. */
export async function measureLoad({ count, folder, rounds }: PhaseInput): Promise<StoreFigure[]> {
  const cameras = new SyntheticCameras(count);
  await writeQuestions(folder, cameras);
  const figures: StoreFigure[] = [];
  for (const batch of [LARGE_BATCH, SCRAPE_BATCH]) figures.push(...(await loadFigures(cameras, folder, batch, rounds)));
  const loaded = join(folder, `store-${SCRAPE_BATCH}-${rounds - 1}.db`);
  await rename(loaded, join(folder, REGISTRY));
  // A small index is not kept.
  if (existsSync(loaded + SNAPSHOT_END)) await rename(loaded + SNAPSHOT_END, join(folder, REGISTRY + SNAPSHOT_END));
  return [...figures, ...(await rescrapeFigures(cameras, join(folder, REGISTRY), rounds))];
}

type Loaded = { rate: number; stall: Stall; withText: number; withoutText: number };

async function loadFigures(
  cameras: SyntheticCameras,
  folder: string,
  batch: number,
  rounds: number,
): Promise<StoreFigure[]> {
  const runs: Loaded[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const files = (name: string): string => join(folder, `${name}-${batch}-${round}.db`);
    const loaded = await load(cameras, files("store"), batch);
    const withText = await bareRate(cameras, files("bare"), { batch, text: true });
    const withoutText = await bareRate(cameras, files("plain"), { batch, text: false });
    runs.push({ ...loaded, withText, withoutText });
    for (const name of ["bare", "plain"]) await rm(files(name));
    if (round < rounds - 1 || batch !== SCRAPE_BATCH)
      for (const end of ["", SNAPSHOT_END]) await rm(files("store") + end, { force: true });
  }
  const batches = `in batches of ${batch.toLocaleString("en")}`;
  const ratio = (to: "withText" | "withoutText"): number[] => runs.map((run) => run.rate / run[to]);
  const pick = (key: "rate" | "withText" | "withoutText"): number[] => runs.map((run) => run[key]);
  return [
    figure(`first load into SQLite ${batches}`, "/s", pick("rate"), "rate", LOAD_AIM),
    figure(`${batches}: bare inserts of the same rows and text index`, "/s", pick("withText"), "rate"),
    figure(`${batches}: bare, without the text index`, "/s", pick("withoutText"), "rate"),
    figure(`${batches}: ratio to bare`, "", ratio("withText"), "rate", RATIO_AIM),
    figure(`${batches}: ratio to bare without the text index`, "", ratio("withoutText"), "rate"),
    stallFigure(`first load ${batches}`, pickStalls(runs), STALL_AIM_MS),
  ];
}

const pickStalls = (runs: readonly { stall: Stall }[]): Stall[] => runs.map(({ stall }) => stall);

async function load(cameras: SyntheticCameras, url: string, batch: number): Promise<{ rate: number; stall: Stall }> {
  await using store = new CameraStore({ url });
  await store.connect();
  const { ms, stall } = await upsertAll(store, cameras, batch);
  return { rate: (cameras.count / ms) * MS_PER_S, stall };
}

/** The time is that of the store alone: while cameras are made, the clock stands. */
export async function upsertAll(
  store: CameraStore,
  cameras: SyntheticCameras,
  batch: number,
): Promise<{ ms: number; stall: Stall }> {
  let ms = 0;
  const stall = await longestStall(async () => {
    for (let from = 0; from < cameras.count; from += batch) {
      const listed = await make(cameras, from, from + batch);
      ms += await timed(() => store.upsert(listed));
    }
  });
  return { ms, stall };
}

async function make(cameras: SyntheticCameras, from: number, to: number): Promise<ListedCamera[]> {
  const made: ListedCamera[] = [];
  for (let at = from; at < to; at += MADE_AT_ONCE) {
    made.push(...parsed(cameras, at, Math.min(at + MADE_AT_ONCE, to)));
    await setImmediate();
  }
  return made;
}

async function rescrapeFigures(cameras: SyntheticCameras, url: string, rounds: number): Promise<StoreFigure[]> {
  await using store = new CameraStore({ url });
  await store.connect();
  const runs: { rate: number; stall: Stall; goneMs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { ms, stall } = await upsertAll(store, cameras, SCRAPE_BATCH);
    runs.push({ rate: (cameras.count / ms) * MS_PER_S, stall, goneMs: await completeAll(store, cameras) });
  }
  return [
    figure(
      "rescrape, nothing changed",
      "/s",
      runs.map(({ rate }) => rate),
      "rate",
      RESCRAPE_AIM,
    ),
    stallFigure("rescrape", pickStalls(runs), STALL_AIM_MS),
    figure(
      "rescrape: the largest source told complete",
      "ms",
      runs.map(({ goneMs }) => goneMs),
      "cost",
    ),
  ];
}

/** Tells that every source was listed completely; answers how long the largest took. */
async function completeAll(store: CameraStore, cameras: SyntheticCameras): Promise<number> {
  let longest = 0;
  for (const { id, from, to } of cameras.sources()) {
    const listed = new Set((await make(cameras, from, to)).map((camera) => camera.id));
    longest = Math.max(longest, await timed(() => store.markGone(id, listed)));
  }
  return longest;
}
