import { Scrape, SourceInfo } from "@argus/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { SourceHost } from "./source-host.ts";
import {
  deafScrape,
  ended,
  exampleCamera,
  exampleSource,
  hostOf,
  keptLog,
  listing,
  obedientScrape,
  partOf,
  scrapeAll,
} from "./testing/example-source.ts";
import { inThisProcess } from "./testing/in-this-process.ts";
import { MemoryStore } from "./testing/memory-store.ts";

describe("a scrape", () => {
  it("stores what its sources list under their prefixes, with their credits, and ends complete", async () => {
    const { host, store } = hostOf([exampleSource("one", listing("a", "b")), exampleSource("two", listing("a"))]);
    const scrape = await scrapeAll(host);
    expect(Scrape.parse(scrape)).toEqual(scrape);
    expect(scrape.state).toBe("complete");
    expect([...store.cameras.keys()].toSorted()).toEqual(["one:a", "one:b", "two:a"]);
    expect(store.cameras.get("one:a")).toMatchObject({ source_id: "one", attribution: "Example Agency", lat: null });
    expect(partOf(scrape, "one")).toMatchObject({
      state: "complete",
      found: 2,
      new: 2,
      gone: 0,
      rejected: 0,
      message: null,
    });
    expect(store.saves.at(-1)).toEqual(scrape);
  });

  it("counts the same source named twice once", async () => {
    const { host } = hostOf([exampleSource("one", listing("a"))]);
    const { sources } = await host.start(["one", "one"]);
    expect(sources).toHaveLength(1);
    await host.cancel();
  });

  it("runs its sources at once", async () => {
    const first = Promise.withResolvers<void>();
    const waits = exampleSource("waits", async (ctx) => {
      await first.promise;
      await listing("a")(ctx);
    });
    const frees = exampleSource("frees", async (ctx) => {
      first.resolve();
      await listing("a")(ctx);
    });
    expect((await scrapeAll(hostOf([waits, frees]).host)).state).toBe("complete");
  });

  it("marks gone what a complete scrape no longer lists, and not what it had to reject", async () => {
    let now = ["a", "b", "c"];
    const source = exampleSource("one", async (ctx) => {
      await listing(...now)(ctx);
      if (now.length < 3) await ctx.emit(exampleCamera("c", { lat: 91, lon: 0 }));
    });
    const { host, store } = hostOf([source]);
    await scrapeAll(host);
    now = ["a"];
    expect(partOf(await scrapeAll(host), "one")).toMatchObject({ gone: 1, unchanged: 1, rejected: 1 });
    expect([...store.gone]).toEqual(["one:b"]);
    expect(host.list()[0]).toMatchObject({ camera_count: 2 });
  });

  it("hands a source its options, its declared variables and nothing else", async () => {
    let seen: unknown;
    const source = exampleSource(
      "one",
      async (ctx) => {
        seen = { options: ctx.options, env: { ...ctx.env }, frozen: Object.isFrozen(ctx) };
        await listing("a")(ctx);
      },
      { required_env: ["ONE_KEY"] },
    );
    const options = { one: { base_url: "https://other.example" } };
    await scrapeAll(hostOf([source], { env: { ONE_KEY: "k", OTHER_KEY: "secret" }, options }).host);
    expect(seen).toEqual({ options: options.one, env: { ONE_KEY: "k" }, frozen: true });
  });

  it("reports progress and tells the source's id with what it logs", async () => {
    const { log, lines } = keptLog();
    const running = obedientScrape(async (ctx) => {
      ctx.progress({ done: 2, total: 5, message: "page\n2" });
      ctx.progress({ done: -1, total: Number.NaN });
      ctx.log.info("hello", { page: 2 });
    });
    const { host } = hostOf([exampleSource("one", running.scrape)], { log });
    await host.start(["one"]);
    await running.started;
    expect(partOf(host.current()!, "one")).toMatchObject({
      steps_done: 2,
      steps_total: 5,
      message: "page 2",
      state: "running",
    });
    expect(host.list()[0]).toMatchObject({ state: "running", message: "page 2" });
    expect(lines).toContainEqual({ level: "info", message: "hello", fields: { page: 2, source: "one" } });
    await host.cancel();
  });

  it("names settings of sources that are not installed, keys that are unknown and values that are wrong", async () => {
    const problemsOf = (options: Record<string, unknown>): Promise<string[]> =>
      new SourceHost({
        installed: [
          {
            package: "argus-source-one",
            version: "1.0.0",
            source: inThisProcess(exampleSource("one", listing("a"))),
            error: null,
          },
          { package: "argus-source-dead", version: "1.0.0", source: null, error: "it did not load: boom" },
        ],
        store: new MemoryStore(),
        env: {},
        options,
        userAgent: "argus-test",
      }).settingsProblems();
    expect(await problemsOf({ one: {}, dead: { key: 1 } })).toEqual([]);
    expect(await problemsOf({ oen: {} })).toEqual([expect.stringMatching(/sources\.oen.*one/u)]);
    expect(await problemsOf({ one: { bas_url: "http://x.example" } })).toEqual([
      expect.stringMatching(/sources\.one.*bas_url/u),
    ]);
    expect(await problemsOf({ one: { base_url: 1 } })).toEqual([expect.stringMatching(/sources\.one.*base_url/u)]);
  });

  it("refuses sources that are unknown, broken, unconfigured or none, and names them", async () => {
    const store = new MemoryStore();
    const needy = exampleSource("needy", listing("a"), { required_env: ["NEEDY_KEY"] });
    const host = new SourceHost({
      installed: [
        { package: "argus-source-needy", version: "1.0.0", source: inThisProcess(needy), error: null },
        { package: "@x/argus-source-dead", version: "1.0.0", source: null, error: "it did not load: boom" },
      ],
      store,
      env: {},
      userAgent: "argus-test",
    });
    await expect(host.start(["nope", "needy"])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_UNKNOWN",
      details: { ids: ["nope"] },
    });
    await expect(host.start(["@x/dead"])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_BROKEN",
      message: expect.stringContaining("boom"),
    });
    await expect(host.start(["needy"])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_UNCONFIGURED",
      message: expect.stringContaining("NEEDY_KEY"),
    });
    await expect(host.start([])).rejects.toMatchObject({ code: "ARGUS_SCRAPE_EMPTY" });
    expect(store.saves).toEqual([]);
  });

  it("does not start when it cannot be saved, and can be started again", async () => {
    const { host, store } = hostOf([exampleSource("one", listing("a"))]);
    store.beforeSave = async () => {
      throw new Error("the disk is full");
    };
    await expect(host.start(["one"])).rejects.toThrow("the disk is full");
    expect(host.current()).toBeNull();
    expect(store.cameras.size).toBe(0);
    store.beforeSave = async () => {};
    expect((await scrapeAll(host)).state).toBe("complete");
  });
});

describe("scrapes at once", () => {
  const three = () => {
    const [hung, slow] = [obedientScrape(listing("a")), obedientScrape(listing("a"))];
    const sources = [
      exampleSource("hung", hung.scrape),
      exampleSource("slow", slow.scrape),
      exampleSource("quick", listing("a")),
    ];
    return { sources, hung, slow };
  };

  it("go on beside each other; only a source that is being scraped is refused, by name", async () => {
    const { sources, hung } = three();
    const { host, store } = hostOf(sources);
    const first = await host.start(["hung", "quick"]);
    await hung.started;
    await expect.poll(() => partOf(host.current()!, "quick").state).toBe("complete");
    await expect(host.start(["quick", "hung"])).rejects.toMatchObject({
      code: "ARGUS_SCRAPE_RUNNING",
      message: expect.stringMatching(new RegExp(`"hung" in scrape ${first.id}`, "u")),
      details: { scrape_id: first.id, source_ids: ["hung"] },
    });
    await expect(host.confirm("hung")).rejects.toMatchObject({ code: "ARGUS_SCRAPE_RUNNING" });
    await expect(host.confirm("quick")).rejects.toMatchObject({ code: "ARGUS_SOURCE_NOTHING_HELD" });
    // The same source once more, whose part of the first scrape is over.
    const second = await ended(host, (await host.start(["quick"])).id);
    expect(second).toMatchObject({ state: "complete", sources: [{ source_id: "quick", unchanged: 1 }] });
    expect(host.last()).toEqual(second);
    expect(host.current()).toMatchObject({ id: first.id, state: "running" });
    expect(host.list().map(({ state }) => state)).toEqual(["running", "ready", "ready"]);
    expect(host.list()[2]?.last_scrape?.id).toBe(second.id);
    expect(await host.recover()).toBe(0);
    expect((await store.scrapes(9)).find(({ id }) => id === first.id)?.state).toBe("running");
    const cancelled = await host.cancel();
    expect(host.last()).toEqual(cancelled);
    // The first scrape ended later, and its part of `quick` did not.
    expect(host.list()[2]?.last_scrape).toMatchObject({ id: second.id, state: "complete" });
  });

  it("are shown, told of and cancelled as one, under the id that was started last", async () => {
    const { sources, hung, slow } = three();
    const { host, store } = hostOf(sources);
    const watching = new AbortController();
    const seen = new Set<string>();
    const watched = (async () => {
      for await (const { scrape } of host.subscribe({ signal: watching.signal })) {
        seen.add(`${scrape.id} ${scrape.state}`);
        if (host.current() === null && seen.size === 4) watching.abort();
      }
    })();
    const first = await host.start(["hung"]);
    await hung.started;
    await expect.poll(() => seen.has(`${first.id} running`)).toBe(true);
    const second = await host.start(["slow", "quick"]);
    await slow.started;
    await expect.poll(() => partOf(host.current()!, "quick").state).toBe("complete");
    expect(Scrape.parse(host.current())).toMatchObject({
      id: second.id,
      started_at: second.started_at,
      state: "running",
      finished_at: null,
      sources: [{ source_id: "hung" }, { source_id: "slow" }, { source_id: "quick", found: 1 }],
    });
    await expect.poll(() => seen.has(`${second.id} running`)).toBe(true);
    expect(await host.cancel()).toMatchObject({ id: second.id, state: "cancelled", sources: [{}, {}] });
    await watched;
    expect([...seen].toSorted()).toEqual(
      [first.id, second.id].flatMap((id) => [`${id} cancelled`, `${id} running`]).toSorted(),
    );
    expect(host.current()).toBeNull();
    expect(store.saves.filter(({ finished_at }) => finished_at !== null)).toHaveLength(2);
  });

  it("are no more than there is room for, and one more when one has ended", async () => {
    const { sources } = three();
    const { host } = hostOf(sources, { limits: { maxScrapes: 2 } });
    await host.start(["hung"]);
    await host.start(["slow"]);
    await expect(host.start(["quick"])).rejects.toMatchObject({ code: "ARGUS_SCRAPE_BUSY", retryable: true });
    await host.cancel();
    await ended(host, (await host.start(["quick"])).id);
  });
});

describe("list", () => {
  it("shows every installed source, valid by the schema", async () => {
    const odd = exampleSource("odd", listing("a"), {
      options: z.object({ base_url: z.url().default("https://cameras.example") }),
    });
    const dead = { package: "@x/argus-source-dead", version: "2.0.0", source: null, error: "no" };
    const installed = [
      { package: "argus-source-odd", version: "1.2.3", source: inThisProcess(odd), error: null },
      dead,
    ];
    const options = { odd: { base_url: "not a url" } };
    const host = new SourceHost({ installed, store: new MemoryStore(), env: {}, options, userAgent: "argus-test" });
    const list = host.list();
    expect(z.array(SourceInfo).parse(list)).toEqual(list);
    expect(list[0]).toMatchObject({
      id: "odd",
      version: "1.2.3",
      state: "unconfigured",
      message: expect.stringContaining("[sources.odd] base_url"),
    });
    expect(list[1]).toMatchObject({ id: "@x/dead", state: "broken", message: "no", camera_count: 0 });
  });

  it("names missing variables, empty ones too", () => {
    const source = exampleSource("one", listing("a"), { required_env: ["A_KEY", "B_KEY", "C_KEY"] });
    const { host } = hostOf([source], { env: { A_KEY: "x", B_KEY: " " } });
    expect(host.list()[0]).toMatchObject({ state: "unconfigured", missing_env: ["B_KEY", "C_KEY"] });
  });

  it("says that a source failed when last scraped, and why; it may be tried again", async () => {
    let fails = true;
    const source = exampleSource("one", async (ctx) => {
      if (fails) throw new Error("the origin is down");
      await listing("a")(ctx);
    });
    const { host } = hostOf([source]);
    const failed = await scrapeAll(host);
    expect(host.list()[0]).toMatchObject({
      state: "failed",
      message: "the origin is down",
      last_scrape: { id: failed.id, state: "failed" },
    });
    fails = false;
    await scrapeAll(host);
    expect(host.list()[0]).toMatchObject({ state: "ready", message: null, last_scrape: { state: "complete" } });
  });
});

describe("recover", () => {
  it("ends what an earlier process left running and remembers what came before", async () => {
    const store = new MemoryStore();
    const first = hostOf([exampleSource("one", listing("a")), exampleSource("two", obedientScrape().scrape)], {
      store,
    });
    const scrape = await first.host.start(["one", "two"]);
    const cut = { ...scrape, sources: [{ ...scrape.sources[0]!, state: "complete" as const }, scrape.sources[1]!] };
    await first.host.cancel();
    const later = new MemoryStore();
    await later.saveScrape(cut);
    const { host } = hostOf([exampleSource("one", listing("a"))], { store: later, clock: () => Date.UTC(2030, 0, 1) });
    expect(await host.recover()).toBe(1);
    expect(host.last()).toMatchObject({ id: scrape.id, state: "failed", finished_at: "2030-01-01T00:00:00.000Z" });
    expect(partOf(host.last()!, "one").state).toBe("complete");
    expect(partOf(host.last()!, "two")).toMatchObject({
      state: "failed",
      message: "the server stopped while this scrape was running",
    });
    expect(later.saves.at(-1)).toEqual(host.last());
    expect(host.list()[0]).toMatchObject({ state: "ready", last_scrape: { id: scrape.id, state: "complete" } });
    expect(await host.recover()).toBe(0);
  });
});

describe("what is remembered", () => {
  it("is not replaced by what recover reads of scrapes before", async () => {
    const store = new MemoryStore();
    const before = hostOf([exampleSource("one", listing("a"))], { store, clock: () => Date.UTC(2029, 0, 1) });
    await scrapeAll(before.host);
    const { host } = hostOf([exampleSource("one", listing("a"))], { store, clock: () => Date.UTC(2030, 0, 1) });
    const newest = await scrapeAll(host);
    await host.recover();
    expect(host.last()?.id).toBe(newest.id);
    store.saves.splice(1);
    await host.recover();
    expect(host.last()?.id).toBe(newest.id);
    expect(host.list()[0]?.last_scrape?.id).toBe(newest.id);
  });
});

describe("cancel and close", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("answers null when nothing runs", async () => {
    expect(await hostOf([]).host.cancel()).toBeNull();
  });

  it("stops the sources, keeps what they listed and marks nothing gone", async () => {
    const running = obedientScrape(listing("a", "b"));
    const { host, store } = hostOf([exampleSource("one", running.scrape)]);
    store.cameras.set("one:old", { id: "one:old", source_id: "one" } as never);
    await host.start(["one"]);
    await running.started;
    const scrape = await host.cancel();
    expect(scrape).toMatchObject({ state: "cancelled", sources: [{ state: "cancelled", found: 2, new: 2, gone: 0 }] });
    expect(store.gone.size).toBe(0);
    expect(host.last()).toEqual(scrape);
  });

  it("stops one source alone, whose part has ended then, and lets the others go on", async () => {
    const [one, two] = [obedientScrape(listing("a")), obedientScrape()];
    const { host, store } = hostOf([exampleSource("one", one.scrape), exampleSource("two", two.scrape)]);
    const { id } = await host.start(["one", "two"]);
    await Promise.all([one.started, two.started]);
    const scrape = await host.cancel({ source: "one" });
    expect(scrape).toMatchObject({
      id,
      state: "running",
      sources: [{ state: "cancelled", new: 1 }, { state: "running" }],
    });
    expect(host.list()[0]).toMatchObject({ state: "ready", last_scrape: { id, state: "cancelled" } });
    for (const source of ["one", "nope"]) expect(await host.cancel({ source })).toBeNull();
    expect([...store.cameras.keys()]).toEqual(["one:a"]);
    expect(await host.cancel({ source: "two" })).toMatchObject({ sources: [{}, { state: "cancelled" }] });
    await vi.advanceTimersByTimeAsync(1);
    expect(host.last()).toMatchObject({ id, state: "cancelled" });
  });

  it("stops one source that has not begun, and answers null when its scrape is never saved", async () => {
    const scrapeFunction = vi.fn<() => Promise<void>>();
    const { host, store } = hostOf([exampleSource("one", scrapeFunction)]);
    const saving = Promise.withResolvers<void>();
    store.beforeSave = () => saving.promise;
    const starting = host.start(["one"]);
    const cancelling = host.cancel({ source: "one" });
    saving.reject(new Error("the disk is full"));
    await expect(starting).rejects.toThrow("the disk is full");
    expect(await cancelling).toBeNull();
    expect(scrapeFunction).not.toHaveBeenCalled();
  });

  it("leaves behind a source that does not hear, and ignores what it emits later", async () => {
    const { log, lines } = keptLog();
    const deaf = deafScrape(listing("a"));
    const { host, store } = hostOf([exampleSource("one", deaf.scrape)], { log });
    await host.start(["one"]);
    const ctx = await deaf.started;
    const cancelling = host.cancel();
    await vi.advanceTimersByTimeAsync(4999);
    expect(host.current()).not.toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    const scrape = await cancelling;
    expect(partOf(scrape!, "one")).toMatchObject({
      state: "cancelled",
      found: 1,
      message: expect.stringContaining("did not stop within 5 s"),
    });
    await ctx.emit(exampleCamera("late"));
    await ctx.emit(exampleCamera("later"));
    ctx.reject("late", "x");
    expect([...store.cameras.keys()]).toEqual(["one:a"]);
    expect(host.last()).toEqual(scrape);
    expect(lines.filter(({ message }) => message.includes("after its scrape had ended"))).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("cancels before a source has begun", async () => {
    const scrapeFunction = vi.fn<() => Promise<void>>();
    const { host, store } = hostOf([exampleSource("one", scrapeFunction)]);
    const saving = Promise.withResolvers<void>();
    store.beforeSave = () => saving.promise;
    const starting = host.start(["one"]);
    const cancelling = host.cancel();
    saving.resolve();
    await starting;
    expect(await cancelling).toMatchObject({ state: "cancelled" });
    expect(scrapeFunction).not.toHaveBeenCalled();
  });

  it("closing cancels all, ends the subscriptions, starts nothing more and leaves no timer", async () => {
    const [running, other] = [obedientScrape(), obedientScrape()];
    const { host, store } = hostOf([exampleSource("one", running.scrape), exampleSource("two", other.scrape)]);
    const events = host.subscribe({ signal: new AbortController().signal })[Symbol.asyncIterator]();
    const waiting = events.next();
    await host.start(["one"]);
    await host.start(["two"]);
    await waiting;
    await host[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();
    expect(host.last()).toMatchObject({ state: "cancelled" });
    expect(store.saves.filter(({ state }) => state === "cancelled")).toHaveLength(2);
    expect((await events.next()).done).toBe(true);
    await expect(host.start(["one"])).rejects.toMatchObject({ code: "ARGUS_SOURCE_HOST_CLOSED" });
    expect(vi.getTimerCount()).toBe(0);
  });
});
