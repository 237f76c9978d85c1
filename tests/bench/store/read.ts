import { join } from "node:path";

import { CameraStore } from "@argus/store";

import { askFigures, type Asked } from "./ask.ts";
import { changeFigures } from "./change.ts";
import { figure, type PhaseInput, REGISTRY, type StoreFigure } from "./figure.ts";
import { memoryMb } from "./measure.ts";
import { type Questions, readQuestions } from "./questions.ts";
import { tileFigures } from "./tiles.ts";

const RSS_AIM_MB = 900;
const PAGE_SIZE = 100;
const PAGE_AIM_MS = 20;
const SEARCH_AIM_MS = 30;
const NEAREST = 20;
const NEAREST_AIM_MS = 3;
const FACETS_AIM_MS = 60;

/** Opens the registry that was loaded, and asks what pages and maps ask. */
export async function measureReading({ folder }: PhaseInput): Promise<StoreFigure[]> {
  const questions = await readQuestions(folder);
  await using store = new CameraStore({ url: join(folder, REGISTRY) });
  await store.connect();
  return [
    ...(await tileFigures((tile) => store.tile(tile, {}), questions.tiles)),
    ...(await questionFigures(store, questions)),
    ...(await changeFigures(store, questions.cameras)),
    figure("whole process after all of that", "MB RSS", [memoryMb().rss], "cost", RSS_AIM_MB),
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
