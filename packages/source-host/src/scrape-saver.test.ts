import { silentLog, type Scrape } from "@argus/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ScrapeSaver } from "./scrape-saver.ts";
import { MemoryStore } from "./testing/memory-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const scrape: Scrape = {
  id: "s1",
  state: "running",
  sources: [],
  started_at: "2026-11-21T08:30:00.000Z",
  finished_at: null,
};

it("saves a running scrape at most every few seconds, and only when it changed", async () => {
  const store = new MemoryStore();
  const saver = new ScrapeSaver({ store, snapshot: () => scrape, saveMs: 3000, beatMs: 10_000, log: silentLog });
  for (let ms = 0; ms < 6000; ms += 100) {
    saver.changed();
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(60_000);
  expect(store.saves).toHaveLength(2);
});

it("saves a running scrape now and then, also when nothing changes", async () => {
  const store = new MemoryStore();
  const saver = new ScrapeSaver({ store, snapshot: () => scrape, saveMs: 3000, beatMs: 10_000, log: silentLog });
  saver.begin();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(store.saves).toHaveLength(5);
  await saver.finish();
  expect(vi.getTimerCount()).toBe(0);
});

it("saves the end last, even when a save is still under way", async () => {
  const store = new MemoryStore();
  let state: Scrape["state"] = "running";
  const saver = new ScrapeSaver({
    store,
    snapshot: () => ({ ...scrape, state }),
    saveMs: 3000,
    beatMs: 10_000,
    log: silentLog,
  });
  const slow = Promise.withResolvers<void>();
  store.beforeSave = async () => {
    store.beforeSave = async () => {};
    await slow.promise;
  };
  saver.changed();
  await vi.advanceTimersByTimeAsync(3000);
  state = "complete";
  const finished = saver.finish();
  await vi.advanceTimersByTimeAsync(0);
  slow.resolve();
  await finished;
  expect(store.saves.map((saved) => saved.state)).toEqual(["running", "complete"]);
  expect(vi.getTimerCount()).toBe(0);
});
