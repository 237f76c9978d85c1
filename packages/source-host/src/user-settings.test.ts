import { ArgusError, type SourceChange, SourceDetails } from "@argus/core";
import { secretText } from "@argus/source-sdk";
import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";

import type { SourceHost } from "./source-host.ts";
import { exampleSource, hostOf, keptLog, listing, obedientScrape } from "./testing/example-source.ts";
import { inThisProcess } from "./testing/in-this-process.ts";
import { MemoryStore } from "./testing/memory-store.ts";
import { type UserSettingsStore, userSettingsInMemory } from "./user-settings-store.ts";

const SECRET = "s3cr3t-value";
const NOTICE = "Somebody's cameras.";
const Options = z.object({
  base_url: z.url().default("https://cameras.example"),
  limit: z.int().min(1).max(50).default(10),
  key: secretText("A key"),
  layers: z.array(z.object({ url: z.string(), token: z.string().meta({ writeOnly: true }) })).default([]),
});
type Changes = NonNullable<Parameters<typeof exampleSource>[2]>;
const sourceOf = (id: string, changes: Changes = {}) =>
  exampleSource(id, listing("a"), { options: Options, ...changes });

afterEach(() => void vi.useRealTimers());

const ofOne = (host: SourceHost, change: SourceChange, id = "one") => host.change(id, change);
const refused = (code: string, text: string, path?: string) => ({
  code: `ARGUS_${code}`,
  message: expect.stringContaining(text),
  ...(path === undefined ? {} : { details: [{ path, message: expect.any(String) }] }),
});

it("options are set, kept, taken back, and reach the source", async () => {
  let seen: unknown;
  const source = sourceOf("one", { scrape: async (ctx) => void (seen = ctx.options) });
  const userSettings = userSettingsInMemory(Date.now);
  const { host } = hostOf([source], { userSettings });
  const own = { interval_s: 600, deadline_s: 3600, memory_mb: 512 };
  const details = await ofOne(host, { options: { limit: 20, ...own } });
  expect(SourceDetails.parse(details)).toEqual(details);
  expect(details).toMatchObject({ interval_s: 600, options: { values: { limit: 20, ...own }, fixed: [] } });
  expect(details.options.schema).toMatchObject({
    properties: {
      limit: { type: "integer", maximum: 50 },
      interval_s: { type: "integer", title: expect.any(String), minimum: 60, default: 3600 },
      deadline_s: { type: "integer", title: expect.any(String), minimum: 60, maximum: 21_600, default: 600 },
      memory_mb: { type: "integer", title: expect.any(String), minimum: 64, maximum: 1024, default: 384 },
    },
  });
  await host.start(["one"]);
  await host.cancel();
  expect(seen).toMatchObject({ limit: 20, base_url: "https://cameras.example" });

  const { host: later } = hostOf([source], { userSettings });
  await later.takeIn();
  expect(later.details("one").options.values).toEqual({ limit: 20, ...own });
  expect(await ofOne(later, { options: { limit: null } })).toMatchObject({ options: { values: own } });
  // Nothing is no change.
  const { updated_at } = (await userSettings.get("one"))!;
  await ofOne(later, {});
  expect((await userSettings.get("one"))!.updated_at).toBe(updated_at);
});

it.each([
  [{ limit: 51 }, "limit", "limit"],
  [{ limit: 5, interval_s: 1 }, "interval_s", "interval_s"],
  [{ deadline_s: 21_601 }, "21600", "deadline_s"],
  [{ memory_mb: 63 }, "64", "memory_mb"],
  [{ limt: 5 }, "limt", "limt"],
  [{ accept_notice: true }, "beside the options", undefined],
  [{ layers: [{ url: 1, token: SECRET }] }, "layers.0.url", "layers.0.url"],
  [{ key: "x".repeat(70_000) }, "64000", undefined],
])("options %j are refused as a whole, with what is wrong", async (options, text, path) => {
  const userSettings = userSettingsInMemory(Date.now);
  const { host } = hostOf([sourceOf("one")], { userSettings });
  await ofOne(host, { options: { limit: 3 } });
  const changing = ofOne(host, { options, enabled: true });
  await expect(changing).rejects.toMatchObject(refused("SOURCE_OPTIONS_INVALID", text, path));
  expect(host.details("one")).toMatchObject({ enabled: false, state: "ready", options: { values: { limit: 3 } } });
  expect(await userSettings.list()).toMatchObject([{ enabled: null, options: { limit: 3 } }]);
});

it("a secret is kept and named, at whatever depth, and never told", async () => {
  const { log, lines } = keptLog();
  const { host } = hostOf([sourceOf("one")], { log, options: { two: {} } });
  const layers = [{ url: "/1", token: SECRET }];
  const told = await ofOne(host, { options: { key: SECRET, layers, limit: 2 } });
  expect(told.options).toMatchObject({ values: { limit: 2 }, secrets: ["key", "layers"] });
  const again = await ofOne(host, { options: { limit: 3 } });
  expect(again.options.secrets).toEqual(["key", "layers"]);
  expect(JSON.stringify([told, again, host.list(), lines])).not.toContain(SECRET);
  expect((await ofOne(host, { options: { key: null, layers: null } })).options.secrets).toEqual([]);
});

it("what the app's settings hold wins and cannot be changed, secrets among it are not told", async () => {
  const options = { one: { limit: 7, key: SECRET, interval_s: 900, accept_notice: false } };
  const { host } = hostOf([sourceOf("one", { needs_notice: NOTICE })], { options });
  expect(await host.settingsProblems()).toEqual([]);
  expect(host.details("one")).toMatchObject({
    interval_s: 900,
    notice: { is_accepted: false },
    options: {
      values: { limit: 7, interval_s: 900 },
      fixed: ["limit", "key", "interval_s", "accept_notice"],
      secrets: ["key"],
    },
  });
  for (const change of [{ options: { limit: 8 } }, { options: { interval_s: null } }, { accept_notice: true }])
    await expect(ofOne(host, change)).rejects.toMatchObject(refused("SOURCE_OPTION_FIXED", "[sources.one]"));
  const base_url = "https://mirror.example";
  expect(await ofOne(host, { options: { base_url } })).toMatchObject({ options: { values: { limit: 7, base_url } } });
});

it("a notice is accepted as it reads, asked for anew when it reads otherwise, and taken back with the enabling", async () => {
  const userSettings = userSettingsInMemory(() => Date.UTC(2030, 0, 1));
  const at = "2030-01-01T00:00:00.000Z";
  const clock = (): number => Date.parse(at);
  const { host } = hostOf([sourceOf("one", { needs_notice: NOTICE })], { userSettings, clock });
  expect(host.list()[0]).toMatchObject({
    needs_notice: true,
    state: "unconfigured",
    message: expect.stringMatching(/page/u),
  });
  const early = ofOne(host, { enabled: true });
  await expect(early).rejects.toMatchObject(refused("SOURCE_NOT_READY", NOTICE));
  expect(await ofOne(host, { enabled: true, accept_notice: true })).toMatchObject({
    enabled: true,
    needs_notice: false,
    state: "ready",
    notice: { text: NOTICE, accepted_at: at, is_accepted: true },
  });

  const { host: changed } = hostOf([sourceOf("one", { needs_notice: "Other words." })], { userSettings, clock });
  await changed.takeIn();
  expect(changed.details("one")).toMatchObject({
    enabled: true,
    needs_notice: true,
    state: "unconfigured",
    next_run_at: null,
    notice: { accepted_at: at, is_accepted: false },
  });

  expect(await ofOne(host, { accept_notice: false })).toMatchObject({
    enabled: false,
    notice: { accepted_at: null, is_accepted: false },
  });
  const { host: plain } = hostOf([sourceOf("one")]);
  const accepting = ofOne(plain, { accept_notice: true });
  await expect(accepting).rejects.toMatchObject(refused("SOURCE_NO_NOTICE", "one"));
});

it("only what can be run is enabled; anything is disabled; the unknown and the broken are refused", async () => {
  const needy = sourceOf("needy", { required_env: ["NEEDY_KEY"] });
  const installed = [
    { package: "argus-source-needy", version: "1.0.0", source: inThisProcess(needy), error: null },
    { package: "@x/argus-source-dead", version: "1.0.0", source: null, error: "it did not load: boom" },
  ];
  const { host } = hostOf([], { installed });
  const enabling = ofOne(host, { enabled: true }, "needy");
  await expect(enabling).rejects.toMatchObject(refused("SOURCE_NOT_READY", "NEEDY_KEY"));
  const dead = ofOne(host, { enabled: true }, "@x/dead");
  await expect(dead).rejects.toMatchObject(refused("SOURCE_NOT_READY", "boom"));
  await expect(ofOne(host, { options: {} }, "@x/dead")).rejects.toMatchObject(refused("SOURCE_BROKEN", "boom"));
  expect(await ofOne(host, { enabled: false }, "@x/dead")).toMatchObject({ enabled: false, options: { schema: null } });
  await expect(ofOne(host, {}, "nope")).rejects.toMatchObject(refused("SOURCE_UNKNOWN", "nope"));
});

it("what is enabled is run by itself once the app says so, from the change on and no longer than it is", async () => {
  vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
  const userSettings = userSettingsInMemory(Date.now);
  const before = hostOf([sourceOf("one"), sourceOf("two")], { userSettings });
  await ofOne(before.host, { enabled: true });
  const { host, store } = hostOf([sourceOf("one"), sourceOf("two")], { userSettings, random: () => 0 });
  await host.takeIn();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(store.batches).toHaveLength(0);
  host.keepFresh();
  await vi.advanceTimersByTimeAsync(2000);
  expect([...store.cameras.keys()]).toEqual(["one:a"]);
  const { next_run_at } = await ofOne(host, { enabled: true, options: { interval_s: 600 } });
  expect(next_run_at).toBe("2030-01-01T00:12:01.000Z");
  await ofOne(host, { enabled: true }, "two");
  await ofOne(host, { enabled: false });
  expect(host.list()).toMatchObject([
    { id: "one", enabled: false, next_run_at: null },
    { id: "two", enabled: true },
  ]);
  await vi.advanceTimersByTimeAsync(3_700_000);
  expect(store.batches).toHaveLength(3);
  await host[Symbol.asyncDispose]();
});

it("two servers on one store: each takes in what the other set, and neither loses the other's change", async () => {
  const userSettings = userSettingsInMemory(Date.now);
  const [a, b] = [hostOf([sourceOf("one")], { userSettings }), hostOf([sourceOf("one")], { userSettings })];
  await Promise.all([
    ofOne(a.host, { options: { limit: 5 } }),
    ofOne(b.host, { options: { key: SECRET } }),
    ofOne(a.host, { enabled: true }),
  ]);
  for (const { host } of [a, b]) {
    await host.takeIn();
    expect(host.details("one")).toMatchObject({
      enabled: true,
      options: { values: { limit: 5 }, secrets: ["key"] },
    });
  }
});

it("what cannot be kept is not in force, and what cannot be read stays as it was known", async () => {
  const { log, lines } = keptLog();
  const memory = userSettingsInMemory(Date.now);
  const full = new ArgusError("ARGUS_STORE_WRITE_FAILED", "the disk is full");
  let error: Error | null = null;
  const failing = <Value>(value: Promise<Value>): Promise<Value> => (error === null ? value : Promise.reject(error));
  const userSettings: UserSettingsStore = {
    list: () => failing(memory.list()),
    get: (id) => memory.get(id),
    put: (...given) => (error === null ? memory.put(...given) : Promise.reject(error)),
  };
  const { host } = hostOf([sourceOf("one")], { userSettings, log });
  await ofOne(host, { options: { limit: 5 } });
  error = full;
  await expect(ofOne(host, { enabled: true, options: { limit: 6 } })).rejects.toBe(full);
  for (let time = 0; time < 3; time += 1) await host.takeIn();
  expect(host.details("one")).toMatchObject({ enabled: false, options: { values: { limit: 5 } } });
  expect(lines.filter(({ level }) => level === "warn")).toHaveLength(1);
});

it("a run under way keeps what it was started with; an origin is opened anew", async () => {
  const running = obedientScrape();
  const opened: unknown[] = [];
  const origin = {
    host: "one.argus.invalid",
    handle: async () => new Response(),
    [Symbol.asyncDispose]: async () => {},
  };
  const openOrigin = (options: unknown) => {
    opened.push(options);
    return origin;
  };
  const { host } = hostOf([sourceOf("one", { scrape: running.scrape, openOrigin })], { store: new MemoryStore() });
  host.origins();
  await host.start(["one"]);
  const ctx = await running.started;
  await ofOne(host, { options: { limit: 6 } });
  expect(ctx.options).toMatchObject({ limit: 10 });
  expect([...host.origins().keys()]).toEqual(["one.argus.invalid"]);
  expect(opened).toMatchObject([{ limit: 10 }, { limit: 6 }]);
  await host[Symbol.asyncDispose]();
});
