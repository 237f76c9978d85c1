import { rm } from "node:fs/promises";
import { join } from "node:path";

import { CameraStore } from "@argus/store";

import { figure, type PhaseInput, REGISTRY, SNAPSHOT_END, stallFigure, type StoreFigure } from "./figure.ts";
import { longestStall, memoryMb, type Stall, timed } from "./measure.ts";

const MS_PER_S = 1000;
const STALL_AIM_MS = 50;
const CONNECT_AIM_S = 4;
const RSS_AIM_MB = 900;
const INDEX_AIM_MB = 350;

type Connected = { s: number; stall: Stall; rss: number; index: number; closeMs: number };

/** Opens the registry that was loaded: as after a program that closed, and as after one that was killed before. */
export async function measureConnecting({ folder, rounds }: PhaseInput): Promise<StoreFigure[]> {
  const url = join(folder, REGISTRY);
  const fast: Connected[] = [];
  const slow: Connected[] = [];
  // The fast first, for the memory of a process only grows.
  while (fast.length < rounds) fast.push(await connect(url));
  while (slow.length < rounds) {
    await rm(`${url}${SNAPSHOT_END}`, { force: true });
    slow.push(await connect(url));
  }
  return [
    ...connectFigures("connect() with a snapshot", fast),
    ...connectFigures("connect() without a snapshot", slow),
  ];
}

async function connect(url: string): Promise<Connected> {
  const before = memoryMb();
  const store = new CameraStore({ url });
  let ms = 0;
  const stall = await longestStall(async () => {
    ms = await timed(() => store.connect());
  });
  const after = memoryMb();
  const closeMs = await timed(() => store.close());
  return { s: ms / MS_PER_S, stall, rss: after.rss, index: after.own - before.own, closeMs };
}

function connectFigures(what: string, runs: readonly Connected[]): StoreFigure[] {
  const pick = (key: "s" | "rss" | "index" | "closeMs"): number[] => runs.map((run) => run[key]);
  const stalls = runs.map(({ stall }) => stall);
  return [
    figure(what, "s", pick("s"), "cost", CONNECT_AIM_S),
    figure(`${what}: whole process`, "MB RSS", pick("rss"), "cost", RSS_AIM_MB),
    figure(`${what}: the index`, "MB", pick("index"), "cost", INDEX_AIM_MB),
    stallFigure(what, stalls, STALL_AIM_MS),
    figure(`${what}: close()`, "ms", pick("closeMs"), "cost"),
  ];
}
