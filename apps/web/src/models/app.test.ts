import type { Camera, Scrape } from "@argus/core";
import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Api } from "../api.ts";
import { createApp, openCamera } from "./app.ts";

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
    countLocated: vi.fn(async () => stored),
    cameras: vi.fn(async () => ({ cameras: [], total: 0, next_cursor: null })),
    camera: vi.fn(async (id: string) => ({ id, stream_kind: "mjpeg" }) as Camera),
    streamUrl: (id: string) => `/stream/${id}`,
    async *scrapeEvents() {
      const reader = events.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
    },
    explainStream: () => never,
  };
  const narrow = signal(false);
  const visible = signal(true);
  const address = { read: () => hash, write: () => undefined };
  const memory = { read: () => undefined, write: () => undefined };
  const app = createApp(api as unknown as Api, { memory, address, width: signal(1440), narrow, visible });
  const tell = async (scrape: Scrape) => (push(scrape), void (await vi.advanceTimersByTimeAsync(0)));
  return { api, app, narrow, visible, tell };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a scrape under the page's eyes", () => {
  it("is followed at most every two seconds, and once more at its end", async () => {
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
    expect(app.mapRevision.value).toBe(before + 1);
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

it("leaves no timer behind", async () => {
  const { app } = harness();
  await vi.advanceTimersByTimeAsync(0);
  app.search.text.value = "x";
  app.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
