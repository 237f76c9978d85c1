import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { DEFAULT_LIMITS } from "./limits.ts";
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

const MEGABYTES_10 = "x".repeat(10 * 1024 * 1024);
const CIRCULAR: { self?: unknown } = {};
CIRCULAR.self = CIRCULAR;

describe("a source that fails", () => {
  it("is its own status: the others are stored in full", async () => {
    const bad = exampleSource("bad", async (ctx) => {
      await listing("a", "b")(ctx);
      throw new Error("the origin is down", { cause: new Error("ECONNREFUSED") });
    });
    const { host, store } = hostOf([bad, exampleSource("good", listing("a"))]);
    store.cameras.set("bad:old", { id: "bad:old", source_id: "bad" } as never);
    const scrape = await scrapeAll(host);
    expect(scrape.state).toBe("failed");
    expect(partOf(scrape, "bad")).toMatchObject({
      state: "failed",
      message: "the origin is down: ECONNREFUSED",
      found: 2,
      new: 2,
      gone: 0,
    });
    expect(partOf(scrape, "good")).toMatchObject({ state: "complete", found: 1 });
    expect([...store.cameras.keys()].toSorted()).toEqual(["bad:a", "bad:b", "bad:old", "good:a"]);
    expect(store.gone.size).toBe(0);
  });

  const unreadable = new Proxy(new Error("x"), {
    get() {
      throw new Error("trap");
    },
  });
  it.each([
    ["undefined", undefined, "threw undefined"],
    ["null", null, "threw null"],
    ["a text", "out of order", "out of order"],
    ["a record", { code: 7 }, '{"code":7}'],
    ["something circular", CIRCULAR, "[object]"],
    ["something without a prototype", Object.create(null), "threw"],
    ["an error that cannot be read", unreadable, "cannot be read"],
    ["an error with a message that is none", Object.assign(new Error("x"), { message: Symbol("s") }), "cannot be read"],
  ])("may throw %s", async (_, thrown, message) => {
    const source = exampleSource("one", () => {
      throw thrown;
    });
    const part = partOf(await scrapeAll(hostOf([source]).host), "one");
    expect(part.state).toBe("failed");
    expect(part.message).toContain(message);
  });

  it("may throw 10 MB of text: the message stays short", async () => {
    const source = exampleSource("one", async () => {
      throw new Error(`first line\nsecond ${MEGABYTES_10}`);
    });
    const { message } = partOf(await scrapeAll(hostOf([source]).host), "one");
    expect(message).toMatch(/^first line second x+…$/u);
    expect(message!.length).toBeLessThan(600);
  });

  it("is failed when it lists nothing, and nothing is marked gone", async () => {
    let now = ["a"];
    const { host, store } = hostOf([exampleSource("one", (ctx) => listing(...now)(ctx))]);
    await scrapeAll(host);
    now = [];
    expect(partOf(await scrapeAll(host), "one")).toMatchObject({
      state: "failed",
      message: "listed no cameras",
      gone: 0,
    });
    expect(store.gone.size).toBe(0);
  });

  it("says why, when all it listed was rejected", async () => {
    const source = exampleSource("one", ({ emit }) => emit({ id: "a" } as never));
    const { message } = partOf(await scrapeAll(hostOf([source]).host), "one");
    expect(message).toMatch(/^listed no cameras: all 1 were rejected, the first for: .*name/u);
  });

  it("is partial when it says so, and nothing is marked gone", async () => {
    let whole = true;
    const source = exampleSource("one", async (ctx) => {
      await listing("a")(ctx);
      if (whole) return await ctx.emit(exampleCamera("b"));
      ctx.partial("district 4: HTTP 500");
      ctx.partial("district 7: HTTP 500");
    });
    const { host, store } = hostOf([source, exampleSource("two", listing("a"))]);
    await scrapeAll(host);
    whole = false;
    const scrape = await scrapeAll(host);
    expect(scrape.state).toBe("partial");
    expect(partOf(scrape, "one")).toMatchObject({
      state: "partial",
      message: "district 4: HTTP 500; and 1 more",
      gone: 0,
    });
    expect(store.gone.size).toBe(0);
    expect(host.list()[0]).toMatchObject({ state: "ready", message: expect.stringContaining("district 4") });
  });
});

describe("what a source emits", () => {
  const reasons = async (emit: (ctx: Parameters<ReturnType<typeof listing>>[0]) => Promise<void>) => {
    const source = exampleSource("one", async (ctx) => {
      await emit(ctx);
      await ctx.emit(exampleCamera("good"));
    });
    const { host, store } = hostOf([source]);
    const part = partOf(await scrapeAll(host), "one");
    expect(part).toMatchObject({ state: "complete", found: 1 });
    expect([...store.cameras.keys()]).toEqual(["one:good"]);
    return part;
  };

  it.each([
    ["an id with the source's prefix", exampleCamera("one:a"), "one:a", "own prefix"],
    ["an impossible coordinate", exampleCamera("a", { lat: 91, lon: 0 }), "a", "lat"],
    ["a URL that is not the web's", exampleCamera("a", { stream_url: "javascript:alert(1)" }), "a", "stream_url"],
    ["an unknown field", { ...exampleCamera("a"), colour: "red" }, "a", "colour"],
    ["10 MB of name", exampleCamera("a", { name: MEGABYTES_10 }), "a", "name"],
    ["10 MB of id", exampleCamera(MEGABYTES_10), /^x{120}…$/u, "id"],
    ["10 MB of field name", { ...exampleCamera("a"), [MEGABYTES_10]: 1 }, "a", "…"],
    ["a number for an id", { ...exampleCamera("a"), id: 7 }, "7", "id"],
    ["nothing", undefined, "(none)", "expected object"],
    ["a text", "camera", "(none)", "expected object"],
    [
      "a getter that throws",
      {
        get id() {
          throw new Error("trap");
        },
      },
      "(none)",
      "cannot be read: trap",
    ],
  ])("may be %s: it is rejected with a short reason, and the rest is stored", async (_, camera, rawId, reason) => {
    const part = await reasons((ctx) => ctx.emit(camera as never));
    const first = part.rejections[0]!;
    expect(first.raw_id).toMatch(rawId);
    expect(first.reason).toContain(reason);
    expect(first.reason.length).toBeLessThanOrEqual(301);
  });

  it("has no place outside the areas that its source states", async () => {
    const source = exampleSource(
      "one",
      async (ctx) => {
        await ctx.emit(exampleCamera("inside", { lat: 48, lon: 11 }));
        await ctx.emit(exampleCamera("outside", { lat: 11, lon: 48 }));
      },
      { areas: [[10, 47, 12, 49]] },
    );
    const { host, store } = hostOf([source]);
    await scrapeAll(host);
    expect([...store.cameras.values()].map(({ lat, lon }) => [lat, lon])).toEqual([
      [48, 11],
      [null, null],
    ]);
  });

  it("may be a duplicate id: the first stays as it was", async () => {
    const source = exampleSource("one", async ({ emit }) => {
      await emit(exampleCamera("a", { name: "first" }));
      await emit(exampleCamera("a", { name: "second" }));
    });
    const { host, store } = hostOf([source]);
    expect(partOf(await scrapeAll(host), "one")).toMatchObject({
      state: "complete",
      found: 1,
      rejections: [{ raw_id: "a", reason: "duplicate id" }],
    });
    expect(store.cameras.get("one:a")?.name).toBe("first");
  });

  it("is counted when rejected, and the first twenty are kept", async () => {
    const part = await reasons(async ({ reject }) => {
      for (let row = 0; row < 30; row += 1) reject(`row-${row}`, MEGABYTES_10.slice(0, 1000));
      reject(undefined as never, 5 as never);
    });
    expect(part.rejected).toBe(31);
    expect(part.rejections.map(({ raw_id }) => raw_id)).toEqual(Array.from({ length: 20 }, (_, row) => `row-${row}`));
  });

  it("may be garbage in every other call", async () => {
    const trap = {
      get done() {
        throw new Error("trap");
      },
      get page() {
        throw new Error("trap");
      },
    };
    const part = await reasons(async (ctx) => {
      ctx.progress(trap as never);
      ctx.progress(null as never);
      ctx.log.info(MEGABYTES_10, trap as never);
      ctx.log.warn(undefined as never, { page: MEGABYTES_10, odd: {} as never });
    });
    expect(part).toMatchObject({ rejected: 0, steps_done: null });
  });

  it("leaves the other work of the process its turn", async () => {
    const turns: number[] = [];
    const source = exampleSource("one", async (ctx) => {
      for (let id = 0; id < 2000; id += 1) {
        if (id % 500 === 0) setImmediate(() => turns.push(id));
        await ctx.emit(undefined as never);
      }
      turns.push(-1);
    });
    await scrapeAll(hostOf([source]).host);
    expect(turns).toEqual([0, 500, 1000, 1500, -1]);
  });

  it("may not be awaited", async () => {
    const ids = Array.from({ length: 2000 }, (_, index) => String(index));
    const source = exampleSource("one", async ({ emit }) => {
      for (const id of ids) void emit(exampleCamera(id));
    });
    const { host, store } = hostOf([source]);
    expect(partOf(await scrapeAll(host), "one")).toMatchObject({ state: "complete", found: 2000, new: 2000 });
    expect(store.batches).toEqual([500, 500, 500, 500]);
  });

  it("may not be awaited without end: the queue is bounded, and the message names the mend", async () => {
    const source = exampleSource("one", async ({ emit }) => {
      for (let id = 0; id < 100; id += 1) void emit(exampleCamera(String(id)));
    });
    const { host, store } = hostOf([source], { limits: { batchSize: 10, maxWaiting: 50, eventMs: 1 } });
    const part = partOf(await scrapeAll(host), "one");
    expect(part).toMatchObject({
      state: "failed",
      message: "50 cameras wait to be stored: the source must await emit()",
    });
    expect(Math.max(...store.batches)).toBe(10);
    expect(store.cameras.size).toBe(part.new);
  });

  it("may not be more than any origin has", async () => {
    const source = exampleSource("one", async ({ emit, reject, signal }) => {
      for (let id = 0; !signal.aborted; id += 1) {
        await emit(exampleCamera(String(id))).catch(() => undefined);
        reject(`r${id}`, "odd");
      }
    });
    const part = partOf(await scrapeAll(hostOf([source], { limits: { maxCameras: 20, eventMs: 1 } }).host), "one");
    expect(part).toMatchObject({ state: "failed", message: expect.stringContaining("more than 20 cameras"), new: 10 });
  });
});

describe("a source that does not end", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("fails at its deadline, its cameras stored, the others untouched", async () => {
    const deaf = deafScrape(listing("a"));
    const { host, store } = hostOf([exampleSource("one", deaf.scrape), exampleSource("two", listing("a"))]);
    const { id } = await host.start(["one", "two"]);
    const over = ended(host, id);
    await vi.advanceTimersByTimeAsync(DEFAULT_LIMITS.deadlineMs + DEFAULT_LIMITS.graceMs + 10);
    const scrape = await over;
    expect(partOf(scrape, "one")).toMatchObject({
      state: "failed",
      found: 1,
      new: 1,
      message: expect.stringMatching(/did not end within 600 s.*was ended/u),
    });
    expect(partOf(scrape, "two")).toMatchObject({ state: "complete" });
    expect(store.cameras.size).toBe(2);
  });

  it("is given as long as its options say, and no longer", async () => {
    const options = { one: { deadline_s: 3600 }, two: { deadline_s: 21_600 }, three: { deadline_s: 60 } };
    const sources = Object.keys(options).map((id) => exampleSource(id, obedientScrape().scrape));
    const { host } = hostOf(sources, { options });
    const { id } = await host.start(Object.keys(options));
    const over = ended(host, id);
    const states = () => host.current()?.sources.map(({ state }) => state);
    await vi.advanceTimersByTimeAsync(3_599_000);
    expect(states()).toEqual(["running", "running", "failed"]);
    await vi.advanceTimersByTimeAsync(18_100_000);
    const scrape = await over;
    expect(partOf(scrape, "one").message).toMatch(/^did not end within 3600 s, .* deadline_s \(to 21600 at most\)/u);
    expect(partOf(scrape, "two").message).toMatch(/^did not end within 21600 s, the most a source can be given/u);
  });

  it("is told by its signal why it must end", async () => {
    const running = obedientScrape();
    const { host } = hostOf([exampleSource("one", running.scrape)], { limits: { deadlineMs: 1000, eventMs: 1 } });
    const { id } = await host.start(["one"]);
    const { signal, emit } = await running.started;
    const over = ended(host, id);
    await vi.advanceTimersByTimeAsync(1010);
    expect(signal.reason).toMatchObject({ code: "ARGUS_SCRAPE_DEADLINE" });
    expect(partOf(await over, "one").message).toBe(
      "did not end within 1 s, the most it is given: raise its option deadline_s (to 21600 at most), or let it list less by its other options",
    );
    await emit(exampleCamera("late"));
  });
});

describe("a store that fails", () => {
  it("fails the source that wrote, with the store's message, and stops its scrape", async () => {
    const running = obedientScrape(listing("a", "b"));
    const { host, store } = hostOf([exampleSource("one", running.scrape)], { limits: { batchSize: 2, eventMs: 1 } });
    store.beforeWrite = async () => {
      throw new Error("the disk is full");
    };
    const part = partOf(await scrapeAll(host), "one");
    expect(part).toMatchObject({ state: "failed", message: "the disk is full", new: 0, gone: 0 });
  });

  it("fails the source whose last batch it does not take", async () => {
    const { host, store } = hostOf([exampleSource("one", listing("a"))]);
    store.beforeWrite = async () => {
      throw new Error("the disk is full");
    };
    expect(partOf(await scrapeAll(host), "one")).toMatchObject({ state: "failed", message: "the disk is full" });
  });

  it("fails the source whose missing cameras it cannot mark", async () => {
    const { host, store } = hostOf([exampleSource("one", listing("a"))]);
    store.markGone = async () => {
      throw new Error("the database is locked");
    };
    expect(partOf(await scrapeAll(host), "one")).toMatchObject({
      state: "failed",
      message: "the database is locked",
      new: 1,
    });
  });

  it("does not lose the end of a scrape that it cannot save", async () => {
    const { log, lines } = keptLog();
    const { host, store } = hostOf([exampleSource("one", listing("a"))], { log });
    const { id } = await host.start(["one"]);
    store.beforeSave = async () => {
      throw new Error("the disk is full");
    };
    expect((await ended(host, id)).state).toBe("complete");
    expect(host.last()?.state).toBe("complete");
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "error", message: expect.stringContaining("the disk is full") }),
    );
  });
});
