import { join } from "node:path";

import { CameraStore } from "@argus/store";

import { askFigures, type Asked } from "./ask.ts";
import { changeFigures } from "./change.ts";
import { figure, type PhaseInput, REGISTRY, stallFigure, type StoreFigure } from "./figure.ts";
import { longestStall, memoryMb, type Stall, timed } from "./measure.ts";
import { type Questions, readQuestions } from "./questions.ts";
import { tileFigures } from "./tiles.ts";

const MS_PER_S = 1000;
const STALL_AIM_MS = 50;
const CONNECT_AIM_S = 4;
const RSS_AIM_MB = 900;
const INDEX_AIM_MB = 350;
const PAGE_SIZE = 100;
const PAGE_AIM_MS = 20;
const SEARCH_AIM_MS = 30;
const NEAREST = 20;
const NEAREST_AIM_MS = 3;
const FACETS_AIM_MS = 60;

/** Opens the registry that was loaded, and asks what pages and maps ask. */
export async function measureReading({ folder, rounds }: PhaseInput): Promise<StoreFigure[]> {
  const url = join(folder, REGISTRY);
  const questions = await readQuestions(folder);
  const before = memoryMb();
  await using store = new CameraStore({ url });
  const first = await connect(store);
  const after = memoryMb();
  return [
    figure("whole process after connect()", "MB RSS", [after.rss], "cost", RSS_AIM_MB),
    figure("of it the index", "MB", [after.own - before.own], "cost", INDEX_AIM_MB),
    ...(await tileFigures((tile) => store.tile(tile, {}), questions.tiles)),
    ...(await questionFigures(store, questions)),
    ...(await changeFigures(store, questions.cameras)),
    figure("whole process after all of that", "MB RSS", [memoryMb().rss], "cost", RSS_AIM_MB),
    ...(await connectFigures(url, rounds, first)),
  ];
}

type Connected = { s: number; stall: Stall };

async function connect(store: CameraStore): Promise<Connected> {
  let ms = 0;
  const stall = await longestStall(async () => {
    ms = await timed(() => store.connect());
  });
  return { s: ms / MS_PER_S, stall };
}

async function connectFigures(url: string, rounds: number, first: Connected): Promise<StoreFigure[]> {
  const runs = [first];
  while (runs.length < rounds) {
    await using again = new CameraStore({ url });
    runs.push(await connect(again));
  }
  const stalls = runs.map(({ stall }) => stall);
  return [
    figure(
      "connect()",
      "s",
      runs.map(({ s }) => s),
      "cost",
      CONNECT_AIM_S,
    ),
    stallFigure("connect()", stalls, STALL_AIM_MS),
  ];
}

async function questionFigures(store: CameraStore, questions: Questions): Promise<StoreFigure[]> {
  const limit = PAGE_SIZE;
  const asked: Asked[] = [
    {
      what: "page of 100 with two filters",
      aim: PAGE_AIM_MS,
      asks: questions.pages.map(
        ({ filter, sort }) =>
          () =>
            store.page({ ...filter, limit, ...(sort !== undefined && { sort }) }),
      ),
    },
    {
      what: "text search, page of 100",
      aim: SEARCH_AIM_MS,
      asks: questions.searches.map((q) => () => store.page({ q, limit })),
    },
    {
      what: "nearest 20",
      aim: NEAREST_AIM_MS,
      asks: questions.places.map((place) => () => store.nearest(place, { limit: NEAREST })),
    },
    {
      what: "facets under a filter",
      aim: FACETS_AIM_MS,
      asks: questions.filters.map((filter) => () => store.facets(filter)),
    },
  ];
  const figures: StoreFigure[] = [];
  for (const each of asked) figures.push(...(await askFigures(each)));
  return figures;
}
