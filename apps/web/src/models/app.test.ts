import type { Camera, Scrape } from "@argus/core";
import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Api } from "../api.ts";
import { createApp, openCamera, toggleFavourite } from "./app.ts";

const never = new Promise<never>(() => undefined);
const scrapeOf = (stored: number, state: Scrape["state"] = "running") =>
  ({
    id: "1",
    state,
    finished_at: state === "running" ? null : "t",
    sources: [{ state, new: stored, changed: 0, unchanged: 0 }],
  }) as Scrape;

function harness(hash = "", stored = 0) {
  let push: (value: Scrape) => void = () => undefined;
  const events = new ReadableStream<Scrape>({
    start: (controller) => void (push = (value) => controller.enqueue(value)),
  });
  const api = {
    health: vi.fn(async () => ({ version: "1", store: { cameras: stored } })),
    sources: vi.fn(async () => []),
    extent: vi.fn(async () => ({ bbox: null, located: stored })),
    cameras: vi.fn(async () => ({ cameras: [], total: 0, next_cursor: null })),
    camera: vi.fn(async (id: string) => ({ id, stream_kind: "mjpeg" }) as Camera),
    duplicates: vi.fn(async () => []),
    streamUrl: (id: string) => `/stream/${id}`,
    async *scrapeEvents() {
      const reader = events.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
    },
    explainStream: () => never,
    favourites: vi.fn(async () => ({ favourites: [], total: 0, next: null })),
    addFavourite: vi.fn(async () => ({})),
    removeFavourite: vi.fn(async () => undefined),
    collections: vi.fn(async () => []),
    note: vi.fn(async () => null),
  };
  const narrow = signal(false);
  const visible = signal(true);
  const address = { hash, read: () => address.hash, write: (next: string) => void (address.hash = next) };
  const memory = { read: () => undefined, write: () => undefined };
  const app = createApp(api as unknown as Api, { memory, address, width: signal(1440), narrow, visible });
  const tell = async (scrape: Scrape) => (push(scrape), void (await vi.advanceTimersByTimeAsync(0)));
  return { address, api, app, narrow, visible, tell };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a scrape under the page's eyes", () => {
  it("is followed at most every two seconds, once more at its end, and when duplicates are linked", async () => {
    const { app, api, tell } = harness();
    await vi.advanceTimersByTimeAsync(0);
    await tell(scrapeOf(0));
    for (let stored = 1; stored <= 20; stored += 1) {
      await tell(scrapeOf(stored));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(app.mapRevision.value).toBeLessThanOrEqual(3);
    const before = app.mapRevision.value;
    await tell(scrapeOf(20, "complete"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(app.mapRevision.value).toBe(before + 2);
    const calls = api.cameras.mock.calls.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.cameras.mock.calls.length).toBe(calls);
    app.dispose();
  });

  it("does not take the list away from whoever has scrolled down in it", async () => {
    const { app, api, tell } = harness();
    await vi.advanceTimersByTimeAsync(0);
    app.listAtTop.value = false;
    const calls = api.cameras.mock.calls.length;
    await tell(scrapeOf(0));
    await tell(scrapeOf(5));
    await vi.advanceTimersByTimeAsync(3000);
    expect(api.cameras.mock.calls.length).toBe(calls);
    expect(app.list.outdated.value).toBe(true);
    app.dispose();
  });

  it("closes the boot overlay with the first cameras", async () => {
    const { app, tell } = harness();
    await vi.advanceTimersByTimeAsync(0);
    expect(app.boot.state.value).toBe("open");
    await tell(scrapeOf(0));
    expect(app.boot.state.value).toBe("open");
    await tell(scrapeOf(12));
    expect(app.boot.state.value).toBe("closed");
    app.dispose();
  });
});

describe("opening a camera", () => {
  it("goes to its tab where panels are tabs, also when it was selected before", async () => {
    const { app, narrow } = harness();
    narrow.value = true;
    openCamera(app, "demo:1");
    expect(app.layout.tab.value).toBe("detail");
    app.layout.tab.value = "map";
    openCamera(app, "demo:1");
    expect(app.layout.tab.value).toBe("detail");
    app.dispose();
  });

  it("follows the address the page was opened with, and plays only while it is seen", async () => {
    const { app, narrow, visible } = harness("#camera=demo%3A7", 9);
    await vi.advanceTimersByTimeAsync(0);
    expect(app.picture.url.value).toBe("/stream/demo:7");
    visible.value = false;
    expect(app.picture.url.value).toBeNull();
    visible.value = true;
    narrow.value = true;
    app.layout.tab.value = "map";
    expect(app.picture.url.value).toBeNull();
    app.dispose();
  });
});

describe("favourites", () => {
  it("are listed anew when one comes or goes while only they are shown, and one that goes can be brought back", async () => {
    const { app, api } = harness();
    await vi.advanceTimersByTimeAsync(0);
    app.search.favourite.value = true;
    await vi.advanceTimersByTimeAsync(0);
    const camera = { id: "demo:1", name: "One" };
    const [lists, maps] = [api.cameras.mock.calls.length, app.mapRevision.value];
    await toggleFavourite(app, camera);
    await vi.advanceTimersByTimeAsync(0);
    expect(api.cameras.mock.calls.length).toBe(lists + 1);
    expect(app.mapRevision.value).toBe(maps + 1);
    expect(app.messages.current.value).toBeNull();
    await toggleFavourite(app, camera);
    expect(app.mine.favourites.has("demo:1")).toBe(false);
    app.messages.current.value?.action?.act();
    await vi.advanceTimersByTimeAsync(0);
    expect(app.mine.favourites.has("demo:1")).toBe(true);
    app.dispose();
  });

  it("leave a list of all cameras alone", async () => {
    const { app, api } = harness();
    await vi.advanceTimersByTimeAsync(0);
    const lists = api.cameras.mock.calls.length;
    await toggleFavourite(app, { id: "demo:1", name: "One" });
    await vi.advanceTimersByTimeAsync(0);
    expect(api.cameras.mock.calls.length).toBe(lists);
    app.dispose();
  });
});

it("opens the wall the address names, stops the camera's own picture behind it, and forgets it when it is closed", async () => {
  const { app, address } = harness("#camera=demo%3A7&wall=w1", 9);
  await vi.advanceTimersByTimeAsync(0);
  expect(app.mine.walls.open.value).toBe("w1");
  expect(app.picture.url.value).toBeNull();
  app.mine.walls.open.value = null;
  expect(address.hash).toBe("#camera=demo%3A7");
  expect(app.picture.url.value).toBe("/stream/demo:7");
  app.dispose();
});

it("does not go on looking for a collection that is no more", async () => {
  const { app } = harness();
  app.search.toggle("collection", "gone");
  expect(app.search.filter.value).toEqual({ collection: ["gone"] });
  await vi.advanceTimersByTimeAsync(0);
  expect(app.search.filter.value).toEqual({ duplicates: "hide" });
  app.dispose();
});

it("leaves no timer behind", async () => {
  const { app } = harness();
  await vi.advanceTimersByTimeAsync(0);
  app.search.text.value = "x";
  app.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
