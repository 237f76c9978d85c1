import type { Scrape } from "@argus/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { type ScrapeEvent, ScrapeFeed } from "./scrape-feed.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const STARTED_AT = "2026-11-21T08:30:00.000Z";

function snapshot(id: string, finished: boolean): Scrape {
  return {
    id,
    state: finished ? "complete" : "running",
    sources: [],
    started_at: STARTED_AT,
    finished_at: finished ? STARTED_AT : null,
  };
}

let current: (() => Scrape) | null = null;
beforeEach(() => void (current = null));

/** A feed, told of what runs by `begin` and `end`. */
function makeFeed() {
  const feed = new ScrapeFeed(200, () => current?.() ?? null);
  const begin = (snapshotNow: () => Scrape): void => {
    current = snapshotNow;
    feed.changed();
  };
  /** `rest` is what runs on. */
  const end = (id: string, rest: (() => Scrape) | null = null): void => {
    current = rest;
    feed.end(snapshot(id, true));
  };
  return { feed, begin, end };
}

/** What a subscriber has received so far, as `<scrape id> <state>`, and when, in milliseconds since it subscribed. */
function watch(feed: ScrapeFeed, after?: string) {
  const stopping = new AbortController();
  const events: ScrapeEvent[] = [];
  const times: number[] = [];
  const start = Date.now();
  const over = (async () => {
    for await (const event of feed.subscribe({ after, signal: stopping.signal })) {
      events.push(event);
      times.push(Date.now() - start);
    }
  })();
  return {
    events,
    times,
    over,
    stop: () => stopping.abort(),
    seen: () => events.map(({ scrape }) => `${scrape.id} ${scrape.state}`),
  };
}

it("says nothing while there has been no scrape", async () => {
  const watcher = watch(makeFeed().feed);
  await vi.advanceTimersByTimeAsync(1000);
  expect(watcher.events).toEqual([]);
  watcher.stop();
  await watcher.over;
  expect(vi.getTimerCount()).toBe(0);
});

it("first says how things stand, then sends the newest snapshot, at most one in 200 ms", async () => {
  const { feed, begin } = makeFeed();
  let found = 0;
  begin(() => ({ ...snapshot("s1", false), id: `s1 ${found}` }));
  const watcher = watch(feed);
  for (let ms = 0; ms < 1000; ms += 10) {
    found = ms;
    feed.changed();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(watcher.times).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(watcher.seen()).toEqual([
    "s1 0 running",
    "s1 190 running",
    "s1 390 running",
    "s1 590 running",
    "s1 790 running",
    "s1 990 running",
  ]);
  watcher.stop();
  await watcher.over;
});

it("delivers the end of every scrape, even when others followed while the subscriber was busy", async () => {
  const { feed, begin, end } = makeFeed();
  const watcher = watch(feed);
  await vi.advanceTimersByTimeAsync(0);
  for (const id of ["s1", "s2", "s3"]) {
    begin(() => snapshot(id, false));
    feed.changed();
    if (id !== "s3") end(id);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(watcher.seen()).toEqual(["s1 complete", "s2 complete", "s3 running"]);
  watcher.stop();
  await watcher.over;
});

it("resumes after an event with what was missed, and with nothing when nothing was", async () => {
  const { feed, begin, end } = makeFeed();
  begin(() => snapshot("s1", false));
  const first = watch(feed);
  await vi.advanceTimersByTimeAsync(0);
  first.stop();
  const lastId = first.events[0]!.id;

  const upToDate = watch(feed, lastId);
  await vi.advanceTimersByTimeAsync(500);
  expect(upToDate.events).toEqual([]);

  end("s1");
  begin(() => snapshot("s2", false));
  const late = watch(feed, lastId);
  await vi.advanceTimersByTimeAsync(500);
  expect(late.seen()).toEqual(["s1 complete", "s2 running"]);
  expect(upToDate.seen()).toEqual(["s1 complete", "s2 running"]);
  expect(new Set(late.events.map(({ id }) => id)).size).toBe(2);
  feed.close();
  await Promise.all([late.over, upToDate.over]);
});

it("tells of the end of one of several under its own id, then of what runs on, though that has not moved", async () => {
  const { feed, begin, end } = makeFeed();
  begin(() => snapshot("s2", false));
  const watcher = watch(feed);
  await vi.advanceTimersByTimeAsync(0);
  end("s2", () => snapshot("s1", false));
  await vi.advanceTimersByTimeAsync(1000);
  expect(watcher.seen()).toEqual(["s2 running", "s2 complete", "s1 running"]);
  // Who asks only now may have started s2, and must not wait for its end in vain.
  const late = watch(feed);
  await vi.advanceTimersByTimeAsync(1000);
  expect(late.seen()).toEqual(["s2 complete", "s1 running"]);
  const resumed = watch(feed, watcher.events[0]!.id);
  await vi.advanceTimersByTimeAsync(1000);
  expect(resumed.seen()).toEqual(["s2 complete", "s1 running"]);
  feed.close();
  await Promise.all([watcher.over, late.over, resumed.over]);
});

it.each(["0123456789ab-7", "", "x", "-1", "9".repeat(400)])(
  "answers the strange event id %j with how things stand",
  async (after) => {
    const { feed, end } = makeFeed();
    end("s1");
    end("s2");
    const watcher = watch(feed, after);
    await vi.advanceTimersByTimeAsync(500);
    expect(watcher.seen()).toEqual(["s2 complete"]);
    feed.close();
    await watcher.over;
  },
);

it("answers an id of its own that is yet to come with how things stand", async () => {
  const { feed, end } = makeFeed();
  end("s1");
  const first = watch(feed);
  await vi.advanceTimersByTimeAsync(0);
  const watcher = watch(feed, first.events[0]!.id.replace(/\d+$/u, "999"));
  await vi.advanceTimersByTimeAsync(0);
  expect(watcher.seen()).toEqual(["s1 complete"]);
  feed.close();
  await Promise.all([first.over, watcher.over]);
});

it("keeps a bounded number of ends; who was away for longer is told how things stand", async () => {
  const { feed, end } = makeFeed();
  end("s0");
  const first = watch(feed);
  await vi.advanceTimersByTimeAsync(0);
  first.stop();
  for (let count = 1; count <= 40; count += 1) end(`s${count}`);
  const late = watch(feed, first.events[0]!.id);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(late.seen()).toEqual(["s40 complete"]);
  feed.close();
  await late.over;
});

it("leaves nothing behind when a subscriber breaks off", async () => {
  const { feed, begin } = makeFeed();
  begin(() => snapshot("s1", false));
  const { signal } = new AbortController();
  for await (const event of feed.subscribe({ signal })) {
    expect(event.scrape.id).toBe("s1");
    break;
  }
  expect(vi.getTimerCount()).toBe(0);
});
