import { ArgusError } from "@argus/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { INTERRUPTED } from "./scrape-history.ts";
import { ended, exampleSource, hostOf, listing, obedientScrape, partOf, scrapeAll } from "./testing/example-source.ts";
import { MemoryStore } from "./testing/memory-store.ts";
import { type UserSettingsStore, userSettingsInMemory } from "./user-settings-store.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2030, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => void vi.useRealTimers());

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`);

/** A source whose runs are counted and may be made to fail. */
function counted(id: string, intervalS = 3600) {
  const runs: number[] = [];
  const state = { fails: false };
  const source = exampleSource(
    id,
    async (ctx) => {
      runs.push((Date.now() - START) / MINUTE);
      if (state.fails) throw new Error("the origin is down");
      await listing("a")(ctx);
    },
    { interval_s: intervalS },
  );
  return { source, runs, state };
}

const rounded = (runs: readonly number[]): number[] => runs.map((minutes) => Math.round(minutes));

describe("sources that are kept fresh", () => {
  it("are run each after its own interval, those never run at once, and no others", async () => {
    const [hourly, often, other] = [counted("hourly"), counted("often", 900), counted("other", 60)];
    const { host } = hostOf([hourly.source, often.source, other.source], { random: () => 0 });
    host.keepFresh(["hourly", "often"]);
    await vi.advanceTimersByTimeAsync(62 * MINUTE);
    expect(rounded(hourly.runs)).toEqual([0, 60]);
    expect(rounded(often.runs)).toEqual([0, 15, 30, 45, 60]);
    expect(other.runs).toEqual([]);
    await host[Symbol.asyncDispose]();
    await vi.advanceTimersByTimeAsync(10 * HOUR);
    expect(hourly.runs).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are run a little later by chance", async () => {
    const one = counted("one");
    const { host } = hostOf([one.source], { random: () => 1 });
    host.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(host.details("one").next_run_at).toBe(new Date(START + 1000 + 66 * MINUTE).toISOString());
    await vi.advanceTimersByTimeAsync(70 * MINUTE);
    expect(rounded(one.runs)).toEqual([0, 66]);
    await host[Symbol.asyncDispose]();
  });

  it("keep to the interval that is configured, which is not the source's own option", async () => {
    const one = counted("one");
    const { host } = hostOf([one.source], { random: () => 0, options: { one: { interval_s: 300 } } });
    expect(await host.settingsProblems()).toEqual([]);
    host.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(11 * MINUTE);
    expect(rounded(one.runs)).toEqual([0, 5, 10]);
    await host[Symbol.asyncDispose]();
    const { host: other } = hostOf([one.source], { options: { one: { interval_s: 1 } } });
    expect(await other.settingsProblems()).toEqual([expect.stringMatching(/^\[sources\.one\] interval_s: /u)]);
  });

  it("catch up once with what was missed", async () => {
    const store = new MemoryStore();
    const one = counted("one");
    const before = hostOf([one.source], { store });
    before.host.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(2000);
    await before.host[Symbol.asyncDispose]();
    vi.setSystemTime(START + 24 * HOUR);
    const { host } = hostOf([one.source], { store, random: () => 0 });
    await host.recover();
    host.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(rounded(one.runs)).toEqual([0, 24 * 60]);
    await host[Symbol.asyncDispose]();
  });

  it("are not held up by one that hangs, though they were started with it, nor by another's long scrape", async () => {
    const [often, hung, long] = [counted("often", 120), obedientScrape(), obedientScrape()];
    const sources = [
      often.source,
      exampleSource("hung", hung.scrape, { interval_s: 60 }),
      exampleSource("long", long.scrape),
    ];
    const { host, store } = hostOf(sources, { random: () => 0 });
    const person = await host.start(["long"]);
    host.keepFresh(["often", "hung"]);
    await vi.advanceTimersByTimeAsync(7 * MINUTE);
    expect(rounded(often.runs)).toEqual([0, 2, 4, 6]);
    // What a person has started goes before what the schedule has, though that is newer.
    expect(host.current()).toMatchObject({ id: person.id });
    expect(host.current()?.sources.map(({ source_id, state }) => `${source_id} ${state}`)).toEqual([
      "long running",
      "often complete",
      "hung running",
    ]);
    expect((await store.scrapes(9)).filter(({ state }) => state === "running")).toHaveLength(2);
    await host[Symbol.asyncDispose]();
  });

  it("wait while there is no room for another scrape", async () => {
    const [one, long] = [counted("one"), obedientScrape()];
    const { host } = hostOf([one.source, exampleSource("long", long.scrape)], {
      random: () => 0,
      limits: { maxScrapes: 1 },
    });
    await host.start(["long"]);
    host.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(one.runs).toEqual([]);
    await host.cancel();
    await vi.advanceTimersByTimeAsync(2000);
    expect(rounded(one.runs)).toEqual([5]);
    await host[Symbol.asyncDispose]();
  });

  it("leave room for people, whatever hangs", async () => {
    const [hung, mine] = [obedientScrape(), obedientScrape()];
    const scheduled = ["s1", "s2", "s3"].map((id) => exampleSource(id, hung.scrape, { interval_s: 60 }));
    const people = ["p1", "p2"].map((id) => exampleSource(id, mine.scrape));
    const { host, store } = hostOf([...scheduled, ...people], { limits: { maxScrapes: 4, maxScheduled: 2 } });
    for (const source of scheduled) {
      host.keepFresh(scheduled.slice(0, scheduled.indexOf(source) + 1).map(({ id }) => id));
      await vi.advanceTimersByTimeAsync(2 * MINUTE);
    }
    expect(await store.scrapes(9)).toHaveLength(2);
    await host.start(["p1"]);
    await host.start(["p2"]);
    await expect(host.start(["s3"])).rejects.toMatchObject({ code: "ARGUS_SCRAPE_BUSY" });
    await host[Symbol.asyncDispose]();
  });
});

describe("two servers on one store", () => {
  it("know which scrapes the other runs, and end those that nobody runs any more", async () => {
    const store = new MemoryStore();
    const sources = [exampleSource("alive", obedientScrape().scrape), exampleSource("dead", listing("a"))];
    const { host: other } = hostOf(sources, { store });
    const alive = await other.start(["alive"]);
    const dead = { ...structuredClone(alive), id: "dead", started_at: "2029-01-01T00:00:00.000Z" };
    await store.saveScrape(dead);
    const { host } = hostOf(sources, { store });
    expect(await host.recover({ isShared: true })).toBe(0);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    const stored = new Map((await store.scrapes(9)).map((scrape) => [scrape.id, scrape]));
    expect(stored.get(alive.id)?.state).toBe("running");
    expect(stored.get("dead")).toMatchObject({ state: "failed", sources: [{ message: INTERRUPTED }] });
    expect(host.last()?.id).toBe("dead");
    await host[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("do not take a time without the store for the other's end", async () => {
    const store = new MemoryStore();
    const sources = [exampleSource("alive", obedientScrape().scrape)];
    const hosts = [hostOf(sources, { store }).host, hostOf(sources, { store }).host];
    await hosts[0]!.start(["alive"]);
    await hosts[1]!.recover({ isShared: true });
    const away = vi.spyOn(store, "scrapes").mockRejectedValue(new Error("away"));
    store.beforeSave = () => Promise.reject(new Error("away"));
    // Just before the one looks again, and before the other can save again.
    await vi.advanceTimersByTimeAsync(59_000);
    away.mockRestore();
    store.beforeSave = async () => {};
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(store.saves.map(({ state }) => state)).not.toContain("failed");
    await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
  });

  it("read what both keep fresh once, whoever comes first, and not what the other is reading", async () => {
    const store = new MemoryStore();
    const running = obedientScrape();
    const [ours, theirs] = [counted("one"), counted("one")];
    const sourcesOf = ({ source }: typeof ours) => [source, exampleSource("long", running.scrape)];
    const hosts = [ours, theirs].map((each) => hostOf(sourcesOf(each), { store, random: () => 0 }).host);
    hosts[0]!.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(500);
    hosts[1]!.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(125 * MINUTE);
    // At once, and after one hour and two.
    expect(rounded([...ours.runs, ...theirs.runs]).toSorted((a, b) => a - b)).toEqual([0, 60, 120]);
    await hosts[0]!.start(["long"]);
    hosts[1]!.keepFresh(["long"]);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(hosts[1]!.current()).toBeNull();
    await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
  });
});

describe("a source that fails", () => {
  it("is tried again later and later, is paused after five failures, and tried as if nothing had been once reset", async () => {
    const one = counted("one", 60);
    one.state.fails = true;
    const { host } = hostOf([one.source], { random: () => 0 });
    host.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(20 * MINUTE);
    expect(rounded(one.runs)).toEqual([0, 1, 3, 7, 15]);
    expect(host.list()[0]).toMatchObject({
      state: "paused",
      message: expect.stringMatching(/failed 5 times in a row.*2030-01-01T06:15.*the origin is down/u),
    });
    expect(host.details("one")).toMatchObject({
      state: "paused",
      failures: 5,
      next_run_at: expect.stringMatching(/T06:15/u),
    });
    await vi.advanceTimersByTimeAsync(6 * HOUR);
    expect(one.runs).toHaveLength(6);
    one.state.fails = false;
    host.reset("one");
    expect(host.list()[0]).toMatchObject({ state: "failed" });
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(host.list()[0]).toMatchObject({ state: "ready", message: null });
    expect(host.details("one").failures).toBe(0);
    expect(() => host.reset("nope")).toThrow(expect.objectContaining({ code: "ARGUS_SOURCE_UNKNOWN" }));
    await host[Symbol.asyncDispose]();
  });

  it("may be started by a person all the same, and one good run ends the pause", async () => {
    const one = counted("one");
    one.state.fails = true;
    const store = new MemoryStore();
    const { host } = hostOf([one.source], { store });
    for (let run = 0; run < 5; run += 1) {
      await settled(scrapeAll(host));
      vi.setSystemTime(Date.now() + 1000);
    }
    expect(host.list()[0]).toMatchObject({
      state: "paused",
      message: "failed 5 times in a row; last: the origin is down",
      last_failure: "the origin is down",
    });
    const later = hostOf([one.source], { store });
    await later.host.recover();
    expect(later.host.list()[0]?.state).toBe("paused");
    one.state.fails = false;
    await settled(scrapeAll(later.host));
    expect(later.host.list()[0]).toMatchObject({ state: "ready", last_failure: null });
  });

  it("tells no failure of its last run when that was cancelled", async () => {
    const { scrape } = obedientScrape();
    let fails = true;
    const { host } = hostOf([
      exampleSource("one", async (ctx) => {
        if (fails) throw new Error("the origin is down");
        await scrape(ctx);
      }),
    ]);
    for (let run = 0; run < 5; run += 1) {
      await settled(scrapeAll(host));
      vi.setSystemTime(Date.now() + 1000);
    }
    fails = false;
    await host.start(["one"]);
    await settled(host.cancel());
    expect(host.list()[0]).toMatchObject({ state: "paused", message: "failed 5 times in a row", last_failure: null });
  });

  it("has not failed when the server stopped", async () => {
    const running = obedientScrape();
    const source = exampleSource("one", running.scrape);
    const { host: first } = hostOf([source]);
    const scrape = await first.start(["one"]);
    await first.cancel();
    const store = new MemoryStore();
    for (let run = 0; run < 6; run += 1)
      await store.saveScrape({ ...scrape, id: `${run}`, started_at: `2029-01-0${run + 1}T00:00:00.000Z` });
    const { host } = hostOf([source], { store });
    expect(await host.recover()).toBe(6);
    expect(host.list()[0]).toMatchObject({ state: "failed", message: INTERRUPTED });
    expect(host.details("one").failures).toBe(0);
  });
});

describe("a source that suddenly lists less than half", () => {
  it("is held: nothing is marked gone until somebody says so, or the next run lists them again", async () => {
    let now = ids(20);
    const { host, store } = hostOf([exampleSource("one", (ctx) => listing(...now)(ctx))]);
    await settled(scrapeAll(host));
    now = ids(9);
    const scrape = await settled(scrapeAll(host));
    expect(partOf(scrape, "one")).toMatchObject({
      state: "partial",
      gone: 0,
      message: "lists 9 cameras where there were 20: none was marked gone",
    });
    expect(host.list()[0]).toMatchObject({ state: "held", message: expect.stringMatching(/lists 9.*20.*confirm/u) });
    expect(host.details("one").held).toEqual({ before: 20, listed: 9 });
    expect(store.gone.size).toBe(0);
    expect(await host.confirm("one")).toEqual({ gone: 11, scrape: null });
    expect(store.gone.size).toBe(11);
    expect(host.list()[0]).toMatchObject({ state: "ready", message: null });
    await expect(host.confirm("one")).rejects.toMatchObject({ code: "ARGUS_SOURCE_NOTHING_HELD" });
  });

  it("stays among those that are kept fresh, whatever users have set", async () => {
    let now = ids(20);
    const source = exampleSource("one", (ctx) => listing(...now)(ctx), { interval_s: 60 });
    const { host } = hostOf([source], { random: () => 0 });
    host.keepFresh(["one"]);
    await vi.advanceTimersByTimeAsync(30_000);
    now = ids(1);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(host.details("one")).toMatchObject({ state: "held", enabled: true, next_run_at: expect.any(String) });
    await host[Symbol.asyncDispose]();
  });

  it("is read again when it is confirmed after a later run that listed more and failed", async () => {
    let now = ids(40);
    let fails = false;
    const { host, store } = hostOf([
      exampleSource("one", async (ctx) => {
        await listing(...now)(ctx);
        if (fails) throw new Error("the origin is down");
      }),
    ]);
    await settled(scrapeAll(host));
    now = ids(3);
    await settled(scrapeAll(host));
    [now, fails] = [ids(30), true];
    await settled(scrapeAll(host));
    fails = false;
    const { gone, scrape } = await host.confirm("one");
    expect({ gone, marked: store.gone.size }).toEqual({ gone: null, marked: 0 });
    expect(partOf(await settled(ended(host, scrape!.id)), "one")).toMatchObject({ state: "complete", gone: 10 });
  });

  it("is no longer held once it lists them again", async () => {
    let now = ids(40);
    const { host, store } = hostOf([exampleSource("one", (ctx) => listing(...now)(ctx))]);
    await settled(scrapeAll(host));
    now = ids(1);
    await settled(scrapeAll(host));
    now = ids(39);
    expect(partOf(await settled(scrapeAll(host)), "one")).toMatchObject({ state: "complete", gone: 1 });
    expect(host.list()[0]?.state).toBe("ready");
    expect(store.gone.size).toBe(1);
  });

  it.each([
    ["after a restart", true],
    ["through another server", false],
  ])("may be confirmed %s: it is read again, and what it lacks then is marked gone", async (_, isRestarted) => {
    const userSettings = userSettingsInMemory(Date.now);
    let now = ids(20);
    const parts = { store: new MemoryStore(), userSettings };
    const sources = [exampleSource("one", (ctx) => listing(...now)(ctx))];
    const { host: before, store } = hostOf(sources, parts);
    await settled(scrapeAll(before));
    now = ids(9);
    await settled(scrapeAll(before));
    if (isRestarted) await before[Symbol.asyncDispose]();

    const { host } = hostOf(sources, parts);
    await Promise.all([host.recover(), host.takeIn()]);
    expect(host.details("one")).toMatchObject({ state: "held", held: { before: 20, listed: 9 } });
    now = ids(6);
    const { gone, scrape } = await host.confirm("one");
    expect({ gone, marked: store.gone.size }).toEqual({ gone: null, marked: 0 });
    expect(partOf(await settled(ended(host, scrape!.id)), "one")).toMatchObject({ state: "complete", gone: 14 });
    expect(host.list()[0]).toMatchObject({ state: "ready", message: null, camera_count: 6 });

    // Nothing is held anywhere any more, not even where the list is still known.
    await before.takeIn();
    expect(before.details("one").held).toBeNull();
    await expect(before.confirm("one")).rejects.toMatchObject({ code: "ARGUS_SOURCE_NOTHING_HELD" });
    expect(await userSettings.get("one")).toMatchObject({ enabled: null, held: null });
  });

  it("keeps somebody's word until a complete listing, and believes none that is shorter by half again", async () => {
    const userSettings = userSettingsInMemory(Date.now);
    const store = new MemoryStore();
    let now = ids(40);
    let fails = false;
    const sources = [
      exampleSource("one", async (ctx) => {
        if (fails) throw new Error("the origin is down");
        await listing(...now)(ctx);
      }),
    ];
    const { host: before } = hostOf(sources, { store, userSettings });
    await settled(scrapeAll(before));
    now = ids(9);
    await settled(scrapeAll(before));

    const { host } = hostOf(sources, { store, userSettings });
    fails = true;
    await settled(ended(host, (await host.confirm("one")).scrape!.id));
    const { host: later } = hostOf(sources, { store, userSettings });
    await later.takeIn();
    expect(later.details("one")).toMatchObject({
      state: "ready",
      held: null,
      message: expect.stringMatching(/confirmed to list only 9/u),
    });
    fails = false;
    now = ids(4);
    expect(partOf(await settled(scrapeAll(later)), "one")).toMatchObject({ state: "partial", gone: 0 });
    expect(later.details("one")).toMatchObject({ state: "held", held: { before: 40, listed: 4 } });
    await expect(host.confirm("one")).resolves.toMatchObject({ gone: null });
    now = ids(30);
    await settled(host.cancel());
    expect(partOf(await settled(scrapeAll(host)), "one")).toMatchObject({ state: "complete", gone: 10 });
    expect(await userSettings.get("one")).toMatchObject({ held: null });
  });

  it("is confirmed all the same when it cannot be run at once", async () => {
    const userSettings = userSettingsInMemory(Date.now);
    const at = new Date().toISOString();
    const held = { before: 40, listed: 9, at, confirmed_at: null };
    const unset = { enabled: null, options: {}, notice_accepted_at: null, notice_hash: null };
    await userSettings.put("one", { ...unset, held }, { unchangedSince: null });
    const { host } = hostOf([exampleSource("one", listing("a"), { required_env: ["ONE_KEY"] })], { userSettings });
    expect(await host.confirm("one")).toEqual({ gone: null, scrape: null });
    expect(await userSettings.get("one")).toMatchObject({ held: { ...held, confirmed_at: at } });
  });

  it("is held, and nothing is marked gone, also where that cannot be kept", async () => {
    const memory = userSettingsInMemory(Date.now);
    const full = new ArgusError("ARGUS_STORE_WRITE_FAILED", "the disk is full");
    const userSettings: UserSettingsStore = { ...memory, put: () => Promise.reject(full) };
    let now = ids(40);
    const { host, store } = hostOf([exampleSource("one", (ctx) => listing(...now)(ctx))], { userSettings });
    await settled(scrapeAll(host));
    now = ids(1);
    const part = partOf(await settled(scrapeAll(host)), "one");
    expect(part).toMatchObject({ state: "failed", message: "the disk is full", gone: 0 });
    expect(store.gone.size).toBe(0);
  });

  it.each([
    [19, 1],
    [20, 10],
  ])("is believed from %i to %i", async (before, after) => {
    let now = ids(before);
    const { host, store } = hostOf([exampleSource("one", (ctx) => listing(...now)(ctx))]);
    await settled(scrapeAll(host));
    now = ids(after);
    expect(partOf(await settled(scrapeAll(host)), "one").state).toBe("complete");
    expect(store.gone.size).toBe(before - after);
  });
});

/** What comes of it, with the clock running on. */
async function settled<Value>(promise: Promise<Value>): Promise<Value> {
  const [value] = await Promise.all([promise, vi.advanceTimersByTimeAsync(500)]);
  return value;
}
