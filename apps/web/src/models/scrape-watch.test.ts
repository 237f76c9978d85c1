import type { Scrape, ScrapedSource } from "@argus/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { shareOfAll } from "./scrape-progress.ts";
import { ScrapeWatch } from "./scrape-watch.ts";

const source = (part: Partial<ScrapedSource>): ScrapedSource => ({
  source_id: "demo",
  state: "running",
  message: null,
  steps_done: null,
  steps_total: null,
  found: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  gone: 0,
  rejected: 0,
  rejections: [],
  started_at: null,
  finished_at: null,
  ...part,
});
const scrapeOf = (state: Scrape["state"], part: Partial<ScrapedSource> = {}, id = "1"): Scrape => ({
  id,
  state,
  sources: [source(part)],
  started_at: "2026-11-21T08:00:00.000Z",
  finished_at: state === "running" ? null : "2026-11-21T08:01:00.000Z",
});

/** A server whose event stream the test writes. */
function harness() {
  let push: (value: Scrape) => void = () => undefined;
  let reconnect: (waitMs: number) => void = () => undefined;
  const queue = new ReadableStream<Scrape>({
    start: (controller) => void (push = (value) => controller.enqueue(value)),
  });
  const api = {
    health: vi.fn(async () => ({ status: "ready" }) as never),
    startScrape: vi.fn(async () => scrapeOf("running")),
    cancelScrape: vi.fn(async () => scrapeOf("cancelled")),
    async *scrapeEvents({
      signal,
      onReconnect,
    }: { signal?: AbortSignal; onReconnect?: (error: never, waitMs: number) => void } = {}) {
      reconnect = (waitMs) => onReconnect?.(new Error("lost") as never, waitMs);
      const reader = queue.getReader();
      signal?.addEventListener("abort", () => void reader.cancel());
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
    },
  };
  const changes: boolean[] = [];
  const watch = new ScrapeWatch(api, (ended) => changes.push(ended));
  const tell = async (scrape: Scrape) => (push(scrape), void (await vi.advanceTimersByTimeAsync(0)));
  return { api, watch, changes, tell, lose: (waitMs: number) => reconnect(waitMs) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("ScrapeWatch", () => {
  it("tells of changes while cameras are stored, and once at the end", async () => {
    const { watch, changes, tell } = harness();
    await tell(scrapeOf("running"));
    expect(changes).toEqual([]);
    await tell(scrapeOf("running", { found: 5, new: 5 }));
    await tell(scrapeOf("running", { found: 5, new: 5, message: "page 2" }));
    expect(changes).toEqual([false]);
    await tell(scrapeOf("complete", { state: "complete", found: 5, new: 5 }));
    expect(changes).toEqual([false, true]);
    expect(watch.current.value).toBeNull();
    expect(watch.last.value?.state).toBe("complete");
    watch.dispose();
  });

  it("takes a scrape that ended before the page was opened for no change", async () => {
    const { watch, changes, tell } = harness();
    await tell(scrapeOf("complete", { state: "complete", new: 5 }));
    expect(changes).toEqual([]);
    expect(watch.last.value?.id).toBe("1");
    watch.dispose();
  });

  it("goes on with what runs when one of several ends, and tells of each end once", async () => {
    const { api, watch, changes, tell } = harness();
    const hung = scrapeOf("running", { source_id: "hung", new: 3, started_at: "2026-11-21T08:00:00.000Z" }, "1");
    await tell(hung);
    changes.length = 0;
    const started = { source_id: "demo", state: "pending" as const };
    api.startScrape.mockResolvedValueOnce(scrapeOf("running", started, "2"));
    await watch.start(["demo"]);
    const shown = () => watch.current.value?.sources.map(({ source_id, state }) => `${source_id} ${state}`);
    expect(shown()).toEqual(["hung running", "demo pending"]);
    const demo = source({ started_at: "2026-11-21T08:00:30.000Z", new: 5 });
    await tell({ ...hung, id: "2", sources: [...hung.sources, demo] });
    const end = scrapeOf("complete", { ...demo, state: "complete" }, "2");
    await tell(end);
    expect(shown()).toEqual(["hung running"]);
    expect(watch.last.value?.id).toBe("2");
    await tell(hung);
    // Told anew after a lost connection.
    await tell(end);
    await tell(hung);
    expect(changes).toEqual([false, true]);
    await tell(scrapeOf("cancelled", { ...hung.sources[0]!, state: "cancelled" }, "1"));
    expect(watch.current.value).toBeNull();
    expect(changes).toEqual([false, true, true]);
    watch.dispose();
  });

  it("keeps the newer part of a source that was in a scrape that has ended", async () => {
    const { watch, tell } = harness();
    const again = source({ started_at: "2026-11-21T08:02:00.000Z" });
    await tell({ ...scrapeOf("running", {}, "2"), sources: [again] });
    await tell(scrapeOf("complete", { state: "complete", started_at: "2026-11-21T08:00:00.000Z" }, "1"));
    expect(watch.current.value?.sources).toEqual([again]);
    watch.dispose();
  });

  it("does not let a slow answer bring an ended scrape back", async () => {
    const { api, watch, tell } = harness();
    const answer = Promise.withResolvers<Scrape>();
    api.startScrape.mockReturnValueOnce(answer.promise);
    const started = watch.start(["demo"]);
    await tell(scrapeOf("complete", { state: "complete", new: 5 }));
    answer.resolve(scrapeOf("running"));
    expect(await started).toBe(true);
    expect(watch.current.value).toBeNull();
    watch.dispose();
  });

  it("shows a lost connection until a call gets through, then has everything loaded anew", async () => {
    const { api, watch, changes, lose } = harness();
    await vi.advanceTimersByTimeAsync(0);
    expect(watch.connection.value).toBe("connected");
    api.health.mockRejectedValueOnce(new Error("no"));
    lose(500);
    expect(watch.connection.value).toBe("lost");
    await vi.advanceTimersByTimeAsync(1000);
    expect(watch.connection.value).toBe("lost");
    lose(1000);
    await vi.advanceTimersByTimeAsync(1500);
    expect(watch.connection.value).toBe("connected");
    expect(changes).toEqual([true]);
    watch.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("has everything loaded anew also when the event stream is the first to come back", async () => {
    const { watch, changes, tell, lose } = harness();
    await tell(scrapeOf("complete", { state: "complete", new: 5 }));
    lose(500);
    await tell(scrapeOf("complete", { state: "complete", new: 5 }));
    expect(watch.connection.value).toBe("connected");
    expect(changes).toEqual([true]);
    watch.dispose();
  });

  it("says why a scrape did not start", async () => {
    const { api, watch } = harness();
    api.startScrape.mockRejectedValueOnce(new Error("source demo is broken"));
    expect(await watch.start(["demo"])).toBe(false);
    expect(watch.problem.value?.message).toBe("Source demo is broken.");
    expect(watch.busy.value).toBe(false);
    watch.dispose();
  });
});

describe("shareOfAll", () => {
  const all = (...sources: Partial<ScrapedSource>[]) =>
    shareOfAll({ ...scrapeOf("running"), sources: sources.map((part) => source(part)) });
  it("counts sources alike, the waiting as nothing and the ended as all", () => {
    expect(all({ state: "pending" }, { state: "failed" }, { steps_done: 5, steps_total: 10 }, {})).toBe(1.5 / 4);
  });
  it("is unknown while no running source has said how much there is", () => expect(all({})).toBeNull());
});
