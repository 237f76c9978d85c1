import { existsSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import type { Scrape, ScrapedSource } from "@argus/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { discoverSources } from "./discovery.ts";
import type { ProcessBounds } from "./process/bounds.ts";
import { SourceHost } from "./source-host.ts";
import type { SourceHostOptions } from "./source-host-options.ts";
import { ended, keptLog, partOf } from "./testing/example-source.ts";
import { MemoryStore } from "./testing/memory-store.ts";
import { type SourceApp, type TestPackage, writeSourceApp } from "./testing/source-packages.ts";

const SECRET_FILE = join(tmpdir(), `argus-secret-${process.pid}.txt`);
const WRITTEN_FILE = join(tmpdir(), `argus-written-${process.pid}`);
const BOUNDS: Partial<ProcessBounds> = { heartbeatMs: 3000, memoryMb: 96 };
// Two cores start many processes only slowly.
const AT_ONCE = 3;
// A frame as the host expects it, written past the SDK.
const RAW = `import { writeSync } from "node:fs";
const raw = (text, body = 0) => { const bytes = Buffer.from(text); const head = Buffer.alloc(8); head.writeUInt32BE(bytes.length, 0); head.writeUInt32BE(body, 4); const all = Buffer.concat([head, bytes]); for (let at = 0; at < all.length; ) try { at += writeSync(3, all, at); } catch (error) { if (error.code !== "EAGAIN") throw error; } };`;
const attempt = (id: string, code: string): string =>
  `try { ${code}; await ctx.emit(camera(${JSON.stringify(id)})); } catch (error) { ctx.reject(${JSON.stringify(id)}, String(error.message)); }`;

/** What it does, the code of it, and what its status must say. */
type Hostile = { id: string; message: RegExp; found?: number } & Omit<TestPackage, "id">;

const FAILING: Hostile[] = [
  { id: "throws", scrape: `throw new Error("the origin is down");`, message: /^the origin is down$/u, found: 0 },
  {
    id: "throws-in-a-timer",
    scrape: `setTimeout(() => { throw new Error("in a timer"); }, 10); await new Promise(() => {});`,
    message: /outside of its scrape.*in a timer/u,
  },
  {
    id: "rejects-unhandled",
    scrape: `void Promise.reject(new Error("nobody listens")); await new Promise(() => {});`,
    message: /promise that failed without handling it: nobody listens/u,
  },
  { id: "exits", scrape: `process.exit(0);`, message: /ended its own process with code 0.*never/u },
  { id: "exits-with-code", scrape: `process.exit(7);`, message: /ended its own process with code 7/u },
  { id: "aborts", scrape: `process.abort();`, message: /ended by the signal SIGABRT/u },
  {
    id: "loops",
    scrape: `await new Promise((resolve) => setTimeout(resolve, 20)); for (;;);`,
    message: /no sign of life for 3 s.*stuck in a loop/u,
  },
  {
    id: "loops-in-microtasks",
    scrape: `await new Promise((resolve) => setTimeout(resolve, 20)); for (;;) await null;`,
    message: /no sign of life for 3 s/u,
  },
  {
    id: "eats-heap",
    scrape: `await new Promise((resolve) => setTimeout(resolve, 20)); const kept = []; for (;;) { kept.push(Array.from({ length: 10000 }, (_, index) => ({ index }))); await new Promise((resolve) => setTimeout(resolve, 1)); }`,
    message: /ran out of memory: it may use 80 MB: raise its option memory_mb \(to 1024 at most\)/u,
  },
  {
    id: "eats-buffers",
    scrape: `await new Promise((resolve) => setTimeout(resolve, 20)); const kept = []; for (;;) { kept.push(Buffer.alloc(16 * 1024 * 1024, 1)); await new Promise((resolve) => setTimeout(resolve, 1)); }`,
    message: /memory/u,
  },
  {
    id: "floods-log",
    top: RAW,
    scrape: `for (let i = 0; i < 50_000; i += 1) raw(JSON.stringify({ t: "log", level: "info", message: "x", fields: {} })); await new Promise(() => {});`,
    message: /flooded the host with messages/u,
    found: 0,
  },
  {
    id: "floods-rows",
    top: RAW,
    scrape: `for (let i = 0; i < 5000; i += 1) raw(JSON.stringify({ t: "rows", cameras: Array.from({ length: 200 }, (_, j) => camera(i + "-" + j)), rejected: [] })); await new Promise(() => {});`,
    message: /sent cameras faster than they are taken, past ctx\.emit/u,
    found: -1,
  },
  {
    id: "huge-message",
    top: RAW,
    scrape: `raw("x".repeat(3 * 1024 * 1024)); await new Promise(() => {});`,
    message: /a message of 3145728 bytes, more than the 1048576/u,
  },
  {
    id: "pollutes",
    scrape: `await new Promise((resolve) => setTimeout(resolve, 20)); await ctx.emit(JSON.parse('{"id":"a","__proto__":{"polluted":1}}')); await new Promise(() => {});`,
    message: /a field called __proto__/u,
  },
  {
    id: "forged-request",
    top: RAW,
    scrape: `const ask = (id) => raw(JSON.stringify({ t: "http", id, url: "https://cameras.example/", method: "GET", headers: {}, has_body: false, robots: false })); ask(5); ask(5); await new Promise(() => {});`,
    message: /with the forged id 5/u,
  },
  {
    id: "many-requests",
    top: RAW,
    scrape: `for (let id = 1; id < 100; id += 1) raw(JSON.stringify({ t: "http", id, url: ctx.options.base_url + "/slow", method: "GET", headers: {}, has_body: false, robots: false })); await new Promise(() => {});`,
    message: /asked for more than 32 pages at once, past ctx\.http/u,
  },
  {
    id: "forged-answer",
    top: RAW,
    scrape: `raw('{"t":"described","packages":[]}'); await new Promise(() => {});`,
    message: /answered "described" where "done" was due/u,
  },
  {
    id: "prints-endlessly",
    scrape: `await new Promise((resolve) => setTimeout(resolve, 20)); for (;;) { console.log("y".repeat(1000)); await null; }`,
    message: /more than 1048576 bytes to stdout.*ctx\.log/u,
  },
];

const DENIED: [string, string, RegExp][] = [
  ["reads-a-file", `(await import("node:fs")).readFileSync(${JSON.stringify(SECRET_FILE)})`, /restricted/u],
  ["reads-proc", `(await import("node:fs")).readFileSync("/proc/" + process.ppid + "/environ")`, /restricted/u],
  [
    "writes-a-file",
    `(await import("node:fs")).writeFileSync(${JSON.stringify(`${WRITTEN_FILE}.txt`)}, "x")`,
    /restricted/u,
  ],
  ["spawns", `(await import("node:child_process")).spawnSync("true")`, /closed to sources/u],
  ["starts-a-worker", `new (await import("node:worker_threads")).Worker("1", { eval: true })`, /closed to sources/u],
  ["loads-an-addon", `process.dlopen({ exports: {} }, "/x.node")`, /closed to sources/u],
  ["kills-the-host", `process.kill(process.ppid, "SIGKILL")`, /closed to sources/u],
  ["debugs-the-host", `process._debugProcess(process.ppid)`, /closed to sources/u],
  ["slows-the-host", `(await import("node:os")).setPriority(process.ppid, 19)`, /closed to sources/u],
  ["opens-a-socket", `(await import("node:net")).connect(1)`, /closed to sources.*ctx\.http/u],
  ["fetches", `await fetch("http://127.0.0.1:1/")`, /closed to sources.*ctx\.http/u],
  ["requires-http", `(await import("node:module")).createRequire(import.meta.url)("http")`, /closed to sources/u],
  ["asks-for-a-builtin", `process.getBuiltinModule("node:http").get("http://127.0.0.1:1/")`, /closed to sources/u],
  [
    "opens-a-database",
    `new (await import("node:sqlite")).DatabaseSync(${JSON.stringify(`${WRITTEN_FILE}.db`)})`,
    /closed|No such built-in/u,
  ],
  ["unhooks", `(await import("node:module")).registerHooks({})`, /closed to sources/u],
  ["asks-another-host", `await ctx.http.text("https://elsewhere.example/")`, /elsewhere\.example.*not declared/u],
];

describe("hostile sources beside a good one", () => {
  let app: SourceApp;
  let server: Server;
  let origin: string;
  let host: SourceHost;
  let scrape: Scrape;
  const store = new MemoryStore();
  const { log, lines } = keptLog();

  beforeAll(async () => {
    await writeFile(SECRET_FILE, "secret");
    server = createServer((request, response) => {
      // The slow page is never answered.
      if (request.url === "/page") response.end("hello");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const before = `await ctx.emit(camera("before")); await new Promise((resolve) => setTimeout(resolve, 50)); `;
    app = await writeSourceApp([
      {
        id: "good",
        scrape: `for (let i = 0; i < 1000; i += 1) await ctx.emit(camera(String(i))); if ((await ctx.http.text(ctx.options.base_url + "/page")) !== "hello") throw new Error("no page");`,
      },
      {
        id: "looks-round",
        scrape: `ctx.log.info(JSON.stringify([process.env, ctx.env, process.cwd()])); await ctx.emit(camera("a"));`,
        manifest: { required_env: ["TEST_KEY"] },
      },
      {
        id: "tells-its-key",
        scrape: `console.log("printed " + ctx.env.TEST_KEY); ctx.reject("a", "https://x.example/?key=hunter2"); throw new Error("with key " + ctx.env.TEST_KEY);`,
        manifest: { required_env: ["TEST_KEY"] },
      },
      {
        id: "leaves-open",
        scrape: `setInterval(() => {}, 1000); void ctx.http.text(ctx.options.base_url + "/slow"); await ctx.emit(camera("a"));`,
      },
      { id: "never-ends", scrape: `${before} setInterval(() => {}, 1000); await new Promise(() => {});` },
      { id: "throws-on-import", top: `throw new Error("at the top");` },
      { id: "exits-on-import", top: `process.exit(3);` },
      { id: "loops-on-import", top: `for (;;);` },
      ...FAILING.map((each) => ({ id: each.id, top: each.top ?? "", scrape: before + (each.scrape ?? "") })),
      {
        id: "tries-all",
        scrape: `await ctx.emit(camera("a")); ${DENIED.map(([id, code]) => attempt(id, code)).join("\n")}`,
      },
    ]);
    const installed = await discoverSources(app.path, { bounds: { ...BOUNDS, loadMs: 5000 } });
    const options: SourceHostOptions["options"] = {
      ...Object.fromEntries(["good", "many-requests", "leaves-open"].map((id) => [id, { base_url: origin }])),
      "eats-heap": { memory_mb: 80 },
    };
    host = new SourceHost({
      installed,
      store,
      env: { TEST_KEY: "a-key-of-mine", OTHER_SECRET: "not for sources" },
      options,
      userAgent: "argus-test",
      log,
      http: { retries: 0, pageDelayMs: 0 },
      limits: { graceMs: 500, eventMs: 1 },
      bounds: { ...BOUNDS, loadMs: 60_000 },
    });
    const usable = host.list().filter(({ id, state }) => state !== "broken" && id !== "good" && id !== "never-ends");
    const parts: Scrape[] = [];
    for (let at = 0; at < usable.length; at += AT_ONCE) {
      const { id } = await host.start(["good", ...usable.slice(at, at + AT_ONCE).map((source) => source.id)]);
      parts.push(await ended(host, id));
    }
    const last = parts.at(-1);
    if (last === undefined) throw new Error("nothing was scraped");
    scrape = { ...last, sources: parts.flatMap(({ sources }) => sources) };
  }, 240_000);

  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
    await app?.[Symbol.asyncDispose]();
    server?.closeAllConnections();
    server?.close();
    await rm(SECRET_FILE, { force: true });
  });

  const outcome = (id: string): ScrapedSource => partOf(scrape, id);
  const storedOf = (id: string): string[] =>
    [...store.cameras.keys()].filter((key) => key.startsWith(`${id}:`)).map((key) => key.slice(id.length + 1));

  it("leave the good one complete each time", () => {
    const runs = scrape.sources.filter(({ source_id }) => source_id === "good");
    expect(runs.length).toBeGreaterThan(5);
    for (const run of runs) expect(run).toMatchObject({ state: "complete", found: 1000, message: null });
    expect(storedOf("good")).toHaveLength(1000);
  });

  it.each(FAILING.map((each) => [each.id, each] as const))(
    "%s: fails and says why; what it listed is kept",
    (id, { message, found = 1 }) => {
      expect(outcome(id)).toMatchObject({ state: "failed", message: expect.stringMatching(message), gone: 0 });
      if (found >= 0) expect(storedOf(id)).toEqual(["before"]);
      expect(outcome(id).message?.length).toBeLessThan(700);
    },
  );

  it.each(DENIED.map(([id, , reason]) => [id, reason] as const))("%s: is refused", (id, reason) => {
    expect(storedOf("tries-all")).toEqual(["a"]);
    expect(outcome("tries-all").rejections.find(({ raw_id }) => raw_id === id)?.reason).toMatch(reason);
  });

  it("have written nothing and polluted nothing", async () => {
    expect((await readdir(tmpdir())).filter((name) => join(tmpdir(), name).startsWith(WRITTEN_FILE))).toEqual([]);
    expect("polluted" in {}).toBe(false);
    expect(existsSync(SECRET_FILE)).toBe(true);
  });

  it.each([
    ["throws-on-import", /at the top/u],
    ["exits-on-import", /ended its own process with code 3/u],
    ["loops-on-import", /no sign of life|did not load within 5 s/u],
  ])("%s: is listed as broken", (id, message) => {
    expect(host.list().find((source) => source.id === id)).toMatchObject({
      state: "broken",
      message: expect.stringMatching(message),
    });
  });

  it("see no environment but what they declare, and work in their own folder", () => {
    const line = lines.find(({ fields, message }) => fields?.["source"] === "looks-round" && message.startsWith("["));
    expect(JSON.parse(line?.message ?? "")).toEqual([
      {},
      { TEST_KEY: "***" },
      join(app.path, "node_modules", "argus-source-looks-round"),
    ]);
  });

  it("show no secret in their status, their rejections and their log", () => {
    expect(outcome("tells-its-key").message).toBe("with key ***");
    expect(outcome("tells-its-key").rejections[0]?.reason).toBe("https://x.example/?key=***");
    const all = JSON.stringify([scrape, lines]);
    expect(all).toContain("printed ***");
    expect(all).not.toContain("a-key-of-mine");
    expect(all).not.toContain("hunter2");
  });

  it("may leave timers and requests open: they end with the scrape", () => {
    expect(outcome("leaves-open")).toMatchObject({ state: "complete", found: 1 });
  });

  it("may never end: it is told, waited for, and ended", async () => {
    const listed = store.nextWrite();
    await host.start(["never-ends"]);
    await listed;
    const cancelled = await host.cancel();
    expect(cancelled?.sources[0]).toMatchObject({
      state: "cancelled",
      found: 1,
      message: "the scrape was cancelled; it did not stop within 0.5 s and was ended",
    });
  });

  it("leave no process behind", async () => {
    await host[Symbol.asyncDispose]();
    expect(await childrenOf(process.pid)).toEqual([]);
  });
});

/** The command lines of this process's children that are sources, on Linux; none elsewhere. */
async function childrenOf(parent: number): Promise<string[]> {
  const { readFile } = await import("node:fs/promises");
  const ids = await readdir("/proc").catch(() => []);
  const found = await Promise.all(
    ids
      .filter((id) => /^\d+$/u.test(id))
      .map(async (id) => {
        const status = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
        const command = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
        const [state, parentId] = status.slice(status.lastIndexOf(")") + 2).split(" ");
        return parentId === String(parent) && state !== "Z" && command.includes("--permission") ? command : "";
      }),
  );
  return found.filter((command) => command !== "");
}
