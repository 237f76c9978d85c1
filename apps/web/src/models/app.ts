import type { Camera, CameraQuery } from "@argus/core";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Boot } from "./boot.ts";
import { CameraList } from "./camera-list.ts";
import { CameraSearch } from "./camera-search.ts";
import { startClock, type UtcClock } from "./clock.ts";
import { coalesce } from "./coalesce.ts";
import { FacetCounts } from "./facet-counts.ts";
import { Layout } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { Picture } from "./picture.ts";
import { Registry } from "./registry.ts";
import { ScrapeWatch } from "./scrape-watch.ts";
import { type Address, Selection } from "./selection.ts";
import { SourceChoice } from "./source-choice.ts";

/** A scrape stores cameras several times a second; the page loads them anew at most this often. */
const REFRESH_MS = 2000;

/** What the app needs of the browser's window. */
export type Surroundings = {
  memory: Memory;
  address: Address;
  width: ReadonlySignal<number>;
  narrow: ReadonlySignal<boolean>;
  /** Whether the page is in sight at all. */
  visible: ReadonlySignal<boolean>;
};

/** Everything the page knows, and nothing of how it looks. */
export type App = {
  api: Api;
  clock: UtcClock;
  layout: Layout;
  search: CameraSearch;
  list: CameraList;
  facets: FacetCounts;
  selection: Selection;
  picture: Picture;
  registry: Registry;
  scrape: ScrapeWatch;
  boot: Boot;
  choice: SourceChoice;
  /** Whether the rescrape dialog is open. */
  rescraping: Signal<boolean>;
  /** Whether the picture fills the window. */
  enlarged: Signal<boolean>;
  /** Grows when the map's cameras are to be loaded anew. */
  mapRevision: Signal<number>;
  /** Whether the list shows its beginning, so that it may be loaded anew under the reader's eyes. */
  listAtTop: Signal<boolean>;
  dispose(): void;
};

export function createApp(api: Api, surroundings: Surroundings): App {
  const layout = new Layout(surroundings.memory, surroundings);
  const search = new CameraSearch();
  const list = new CameraList(
    api,
    computed<CameraQuery>(() => ({ ...search.listFilter.value, sort: search.sort.value })),
  );
  const selection = new Selection(api, list.cameras, surroundings.address);
  const inSight = computed(() => surroundings.visible.value && (!layout.narrow.value || layout.tab.value === "detail"));
  const registry = new Registry(api);
  const refresher = coalesce(() => refresh(app), REFRESH_MS);
  const scrape = new ScrapeWatch(api, (ended) => {
    refresher.ask();
    if (!ended) return;
    selection.refresh();
    app.picture.revive();
  });
  const app: App = {
    api,
    layout,
    search,
    list,
    selection,
    registry,
    scrape,
    clock: startClock(),
    facets: new FacetCounts(api, search),
    picture: new Picture(api, selection.camera, inSight),
    boot: new Boot(
      registry.cameras,
      computed(() => scrape.current.value ?? scrape.last.value),
    ),
    choice: new SourceChoice(registry.sources),
    rescraping: signal(false),
    enlarged: signal(false),
    mapRevision: signal(0),
    listAtTop: signal(true),
    dispose: () => disposeAll(app, [refresher.dispose]),
  };
  registry.refresh();
  followAddress(app);
  return app;
}

/** Selects a camera and, where the panels are tabs, goes to it. */
export function openCamera(app: App, wanted: Camera | string): void {
  app.selection.select(wanted);
  if (app.layout.narrow.peek()) app.layout.tab.value = "detail";
}

/** Opens the camera the address names, if it names one. */
export function followAddress(app: App): void {
  const id = app.selection.named();
  if (id !== null && id !== app.selection.id.peek()) openCamera(app, id);
}

function refresh(app: App): void {
  app.registry.refresh();
  app.facets.reload();
  app.mapRevision.value += 1;
  if (app.listAtTop.peek()) app.list.reload();
  else app.list.outdated.value = true;
}

function disposeAll(app: App, others: readonly (() => void)[]): void {
  for (const part of [
    app.clock,
    app.search,
    app.list,
    app.facets,
    app.selection,
    app.picture,
    app.registry,
    app.scrape,
    app.boot,
    app.choice,
  ])
    part.dispose();
  for (const dispose of others) dispose();
}
