import type { Bbox, Camera, CameraQuery } from "@argus/core";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Boot } from "./boot.ts";
import { CameraList } from "./camera-list.ts";
import { CameraSearch } from "./camera-search.ts";
import { startClock, type UtcClock } from "./clock.ts";
import { coalesce } from "./coalesce.ts";
import { Duplicates } from "./duplicates.ts";
import { FacetCounts } from "./facet-counts.ts";
import { Layout } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { Messages } from "./messages.ts";
import { createMine, type Mine } from "./mine.ts";
import { Picture } from "./picture.ts";
import { Registry } from "./registry.ts";
import { ScrapeWatch } from "./scrape-watch.ts";
import { type Address, readHash, Selection, writeHash } from "./selection.ts";

/** A scrape stores cameras several times a second; the page loads them anew at most this often. */
const REFRESH_MS = 2000;
/** Only behind a scrape's end does the server look which of its cameras others list too. */
const LINKED_MS = 4000;

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
  duplicates: Duplicates;
  picture: Picture;
  registry: Registry;
  scrape: ScrapeWatch;
  boot: Boot;
  /** Models that are made when they are first wanted, and go with the app. */
  later: { dispose(): void }[];
  messages: Messages;
  mine: Mine;
  /** Whether the page is in sight at all. */
  visible: ReadonlySignal<boolean>;
  /** Whether the dialog of the sources is open. */
  sourcesShown: Signal<boolean>;
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
  const messages = new Messages();
  const { visible } = surroundings;
  const mine = createMine(api, messages, { cameraId: selection.id, visible });
  const registry = new Registry(api);
  const refresher = coalesce(() => refreshAll(app), REFRESH_MS);
  let linked: ReturnType<typeof setTimeout> | undefined;
  const scrape = new ScrapeWatch(api, (ended) => {
    refresher.ask();
    if (!ended) return;
    selection.refresh();
    app.duplicates.refresh();
    mine.refresh();
    app.picture.revive();
    clearTimeout(linked);
    linked = setTimeout(() => {
      refresher.ask();
      app.duplicates.refresh();
    }, LINKED_MS);
  });
  const app: App = {
    api,
    layout,
    search,
    list,
    selection,
    duplicates: new Duplicates(api, selection.id),
    registry,
    scrape,
    clock: startClock(),
    facets: new FacetCounts(api, search),
    picture: new Picture(api, selection.camera, pictureInSight(visible, mine, layout)),
    boot: new Boot(
      registry.cameras,
      computed(() => scrape.current.value ?? scrape.last.value),
    ),
    later: [],
    messages,
    mine,
    visible,
    sourcesShown: signal(false),
    enlarged: signal(false),
    mapRevision: signal(0),
    listAtTop: signal(true),
    dispose: () => disposeAll(app, [() => clearTimeout(linked), refresher.dispose, stopFollowing]),
  };
  registry.refresh();
  mine.refresh();
  followAddress(app);
  const stopFollowing = followMine(app, surroundings.address);
  return app;
}

/** Whether the selected camera's picture can be seen. */
function pictureInSight(visible: ReadonlySignal<boolean>, mine: Mine, layout: Layout): ReadonlySignal<boolean> {
  return computed(
    () =>
      visible.value &&
      // A wall covers the panels.
      mine.walls.open.value === null &&
      (!layout.narrow.value || layout.tab.value === "detail"),
  );
}

/** Selects a camera and, where the panels are tabs, goes to it. */
export function openCamera(app: App, wanted: Camera | string): void {
  app.selection.select(wanted);
  if (app.layout.narrow.peek()) app.layout.tab.value = "detail";
}

/** Lists the cameras of one place. */
export function openPlace(app: App, place: Bbox): void {
  app.search.narrowTo(place);
  if (app.layout.narrow.peek()) app.layout.tab.value = "list";
}

/** Stars a camera or takes its star away; where that takes it out of the list, it can be undone. */
export async function toggleFavourite(app: App, { id, name }: Pick<Camera, "id" | "name">): Promise<void> {
  const { favourites } = app.mine;
  const leaves = app.search.favourite.peek() && favourites.ids.peek().has(id);
  await favourites.toggle(id);
  if (!leaves || favourites.ids.peek().has(id)) return;
  const act = (): void => void favourites.toggle(id);
  app.messages.tell(`“${name}” is no favourite any more.`, { label: "Undo", act });
}

/** Opens what the address names: a camera, a wall. */
export function followAddress(app: App): void {
  const id = app.selection.named();
  if (id !== null && id !== app.selection.id.peek()) openCamera(app, id);
  app.mine.walls.open.value = app.selection.namedWall();
}

/** Keeps the list, the map and the address in step with what the user keeps. */
function followMine(app: App, address: Address): () => void {
  const { collections, favourites, walls } = app.mine;
  let seen = 0;
  const stopLists = effect(() => {
    const revision = favourites.revision.value + collections.revision.value;
    const { favourite, collection } = app.search.filter.peek();
    if (revision !== seen && (favourite !== undefined || collection !== undefined)) reloadCameras(app);
    seen = revision;
  });
  const stopNames = effect(() => {
    const list = collections.list.value;
    if (list !== null) app.search.forget("collection", (id) => list.some((collection) => collection.id === id));
  });
  const stopAddress = effect(() => {
    const wall = walls.open.value;
    const named = readHash(address.read());
    if (named.wall !== wall) address.write(writeHash({ ...named, wall }));
  });
  return () => {
    stopLists();
    stopNames();
    stopAddress();
  };
}

/** Loads everything anew, as after an import. */
export function refreshAll(app: App): void {
  app.registry.refresh();
  reloadCameras(app);
}

/** The cameras of the search, wherever they are shown. */
export function reloadCameras(app: App): void {
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
    app.duplicates,
    app.picture,
    app.registry,
    app.scrape,
    app.boot,
    app.messages,
    app.mine,
    ...app.later,
  ])
    part.dispose();
  for (const dispose of others) dispose();
}
