import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { ListedCamera } from "@argus/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { discoverSources } from "./discovery.ts";
import type { InstalledSource } from "./installed-source.ts";
import { SourceHost } from "./source-host.ts";
import type { SourceHostOptions } from "./source-host-options.ts";
import { ended, keptLog, partOf } from "./testing/example-source.ts";
import { MemoryStore } from "./testing/memory-store.ts";
import { type SourceApp, writeSourceApp } from "./testing/source-packages.ts";

const PICTURES = `async resolve(camera, ctx) {
  const asked = await ctx.http.json(ctx.options.base_url + "/picture?of=" + camera.id + "&" + new URLSearchParams({ name: camera.name }), z.any());
  return asked;
},`;

let app: SourceApp;
let server: Server;
let origin: string;
let installed: InstalledSource[];
const asked: string[] = [];
let picture: unknown;
let answering: () => Promise<void> = async () => {};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const path = new URL(request.url ?? "", "http://x").pathname;
    if (path === "/gone") return void response.writeHead(404).end("gone");
    if (path === "/big") return void response.end(Buffer.alloc(3_000_000, 7));
    if (path === "/echo") return void request.pipe(response);
    if (path === "/picture") return void answering().then(() => response.end(JSON.stringify(picture)));
    return void response.end(JSON.stringify({ path }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await writeSourceApp([
    {
      id: "asks",
      scrape: `
        const url = (path) => ctx.options.base_url + path;
        const say = (id, name) => ctx.emit(camera(id, { name: String(name) }));
        await ctx.http.text(url("/gone")).catch((error) => say("gone", [error.code, error.retryable, error.details.status, error.message.includes("404")].join(" ")));
        await ctx.http.text("https://elsewhere.example/").catch((error) => say("elsewhere", error.code));
        const big = await ctx.http.bytes(url("/big"));
        await say("big", big.length + " " + big.every((byte) => byte === 7));
        await ctx.http.bytes(url("/big"), { maxBytes: 1000 }).catch((error) => say("too-big", error.code));
        await say("echo", await ctx.http.text(url("/echo"), { body: { form: { a: "ä&b" } } }));
        const pages = await Promise.all(Array.from({ length: 60 }, (_, page) => ctx.http.json(url("/page/" + page), z.object({ path: z.string() }))));
        await say("pages", pages.length + " " + pages.every(({ path }, page) => path === "/page/" + page));
        await say("options", ctx.options.count + 1);
        await say("german", Object.keys(z.locales).length + " " + z.string().safeParse(7, { error: z.locales.de().localeError }).error.issues[0].message);
        ctx.progress({ done: 1, total: 2, message: "half" });
        ctx.partial("a page was empty");
        ctx.log.warn("hello", { page: 2, odd: undefined });
        ctx.reject("r1", "no name");
        for (const odd of [undefined, () => 1, 7, { id: "big-int", n: 1n }, camera("x".repeat(300)), camera("huge", { name: "x".repeat(10_000_000) })]) await ctx.emit(odd);
        const reused = camera("first");
        void ctx.emit(reused);
        reused.id = "second";
        await ctx.emit(reused);`,
    },
    { id: "pictures", scrape: `await ctx.emit(camera("a"));`, more: PICTURES },
    {
      id: "kept",
      more: `async resolve(camera, ctx) {
        const stream_url = await ctx.http.text(ctx.options.base_url + "/kept/" + process.pid + "/" + camera.id).then(() => "https://cameras.example/" + camera.id + ".jpg");
        if (camera.id.startsWith("none")) throw new Error("no picture of " + camera.id);
        if (camera.id.startsWith("dies")) process.exit(3);
        if (camera.id.startsWith("leaves")) setImmediate(() => void Promise.reject(new Error("left behind")));
        return { stream_url, expires_in_s: 60 };
      },`,
    },
    { id: "slow-pictures", more: `async resolve() { await new Promise(() => {}); },` },
    { id: "many", scrape: `for (let i = 0; i < 5000; i += 1) void ctx.emit(camera(String(i)));` },
    {
      id: "private",
      scrape: `await ctx.http.text("http://127.0.0.1:9/"); `,
      manifest: { hosts: ["127.0.0.1", "localhost"] },
    },
    {
      id: "private-name",
      scrape: `await ctx.http.text("http://localhost:9/"); `,
      manifest: { hosts: ["127.0.0.1", "localhost"] },
    },
  ]);
  installed = await discoverSources(app.path);
}, 120_000);

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

function open(
  changes: Partial<SourceHostOptions> = {},
): { host: SourceHost; store: MemoryStore } & ReturnType<typeof keptLog> {
  const store = new MemoryStore();
  const kept = keptLog();
  const host = new SourceHost({
    installed,
    store,
    env: {},
    userAgent: "argus-test",
    log: kept.log,
    http: { retries: 0, pageDelayMs: 0 },
    addressRule: (address) => (address.startsWith("127.") || address === "::1" ? "loopback" : null),
    limits: { eventMs: 1 },
    ...changes,
  });
  return { host, store, ...kept };
}

const listed = (id: string): ListedCamera =>
  ListedCamera.parse({
    ...Object.fromEntries(Object.keys(ListedCamera.shape).map((field) => [field, null])),
    id,
    source_id: id.split(":")[0],
    name: "Mill Lane",
    stream_kind: "jpeg",
    tags: [],
    attribution: "x",
    licence: "x",
  });

it("are found with what they declare, their options' schema and what they can", () => {
  expect(installed.map(({ error }) => error)).toEqual(installed.map(() => null));
  expect(installed[0]?.source).toMatchObject({
    id: "asks",
    name: "asks",
    canResolve: false,
    defaults: { base_url: "https://cameras.example" },
  });
  expect(installed[0]?.source?.optionsSchema).toMatchObject({
    type: "object",
    properties: { base_url: { type: "string" }, count: { type: "number", default: 0 } },
  });
  expect(installed[1]?.source?.canResolve).toBe(true);
});

it("ask over the host, and what they hear and say comes across", async () => {
  const { host, store, lines } = open({ options: { asks: { base_url: origin, count: 41 } } });
  await using _host = host;
  const { id } = await host.start(["asks"]);
  const part = partOf(await ended(host, id), "asks");
  const names = Object.fromEntries(
    [...store.cameras.values()].map((camera) => [camera.id.slice("asks:".length), camera.name]),
  );
  expect(names).toEqual({
    gone: "ARGUS_SOURCE_HTTP_STATUS false 404 true",
    elsewhere: "ARGUS_SOURCE_HOST_UNDECLARED",
    big: "3000000 true",
    "too-big": "ARGUS_SOURCE_TOO_LARGE",
    echo: "a=%C3%A4%26b",
    pages: "60 true",
    options: "42",
    german: expect.stringMatching(/^\d{2} Ungültige Eingabe: erwartet string/u),
    first: "Camera first",
    second: "Camera first",
  });
  expect(part).toMatchObject({
    state: "partial",
    message: "a page was empty",
    steps_done: 1,
    steps_total: 2,
    rejected: 7,
  });
  expect(part.rejections.map(({ raw_id }) => raw_id).toSorted()).toEqual([
    "(none)",
    "(none)",
    "(none)",
    "(none)",
    "huge",
    "r1",
    expect.stringMatching(/^x+/u),
  ]);
  expect(part.rejections.find(({ raw_id }) => raw_id === "huge")?.reason).toMatch(/^name: too long/u);
  expect(lines).toContainEqual({
    level: "warn",
    message: "hello",
    fields: { page: 2, odd: "(undefined)", source: "asks" },
  });
});

it("need not await emit", async () => {
  const { host } = open();
  await using _host = host;
  const { id } = await host.start(["many"]);
  expect(partOf(await ended(host, id), "many")).toMatchObject({ state: "complete", found: 5000, new: 5000 });
});

it.each([
  ["private", /host "127\.0\.0\.1".*is not declared/u],
  ["private-name", /localhost leads to \S+ \(loopback\)/u],
])("do not reach into private networks, though they declare them: %s", async (id, message) => {
  const { host } = open();
  await using _host = host;
  const scrape = await host.start([id]);
  expect(partOf(await ended(host, scrape.id), id)).toMatchObject({
    state: "failed",
    message: expect.stringMatching(message),
  });
});

it("have their options checked by their own schema", async () => {
  const { host } = open({ options: { asks: { base_url: 1 }, many: { cuont: 1 }, pictures: { count: 2 } } });
  await using _host = host;
  expect(await host.settingsProblems()).toEqual([
    expect.stringMatching(/^\[sources\.asks\] base_url/u),
    expect.stringMatching(/^\[sources\.many\] unknown: cuont/u),
  ]);
  expect(
    host
      .list()
      .filter(({ state }) => state === "unconfigured")
      .map(({ id }) => id),
  ).toEqual(["asks", "many"]);
  await expect(host.start(["many"])).rejects.toMatchObject({ code: "ARGUS_SOURCE_UNCONFIGURED" });
});

it("see the file of a package that changed, although what it told before was kept", async () => {
  const cacheFile = join(app.path, "kept", "sources.json");
  const first = await discoverSources(app.path, { cacheFile });
  const second = await discoverSources(app.path, { cacheFile, bounds: { loadMs: 0 } });
  expect(second.map(({ source }) => ({ ...source }))).toMatchObject(
    first.map(({ source }) => ({ id: source?.id, optionsSchema: source?.optionsSchema })),
  );
  const other = await writeSourceApp([{ id: "changing" }]);
  await using _other = other;
  await discoverSources(other.path, { cacheFile });
  await writeFile(join(other.path, "node_modules", "argus-source-changing", "index.js"), "throw new Error('changed')");
  expect(await discoverSources(other.path, { cacheFile })).toMatchObject([{ error: "changed" }]);
});

describe("resolve", () => {
  const pictures = (): ReturnType<typeof open> => open({ options: { pictures: { base_url: origin } } });
  const { signal } = new AbortController();

  it("hands the source its camera, gives what it says, and asks again only when that has expired", async () => {
    let now = Date.UTC(2030, 0, 1);
    const { host } = open({ options: { pictures: { base_url: origin } }, clock: () => now });
    await using _host = host;
    picture = { stream_url: "https://cameras.example/1.jpg", expires_in_s: 60 };
    asked.length = 0;
    const both = await Promise.all([
      host.resolve("pictures", listed("pictures:a"), signal),
      host.resolve("pictures", listed("pictures:a"), signal),
    ]);
    expect(both).toEqual([picture, picture]);
    now += 59_000;
    expect(await host.resolve("pictures", listed("pictures:a"), signal)).toEqual({
      stream_url: "https://cameras.example/1.jpg",
      expires_in_s: 1,
    });
    expect(asked).toEqual(["GET /picture?of=a&name=Mill+Lane"]);
    now += 1000;
    await host.resolve("pictures", listed("pictures:a"), signal);
    expect(asked).toHaveLength(2);
  });

  it("lets the origin sign an address for a while", async () => {
    const { host } = pictures();
    await using _host = host;
    picture = { stream_url: "https://cameras.example/1.jpg?token=a&Expires=2", expires_in_s: 5 };
    expect(await host.resolve("pictures", listed("pictures:b"), signal)).toMatchObject(picture as object);
  });

  it.each([
    ["no address", { expires_in_s: 5 }, /stream_url, snapshot_url or both/u],
    ["another protocol", { stream_url: "rtsp://cameras.example/1", expires_in_s: 5 }, /http or https/u],
    ["no end", { stream_url: "https://cameras.example/1.jpg", expires_in_s: 1e9 }, /expires_in_s/u],
    [
      "a private address",
      { stream_url: "http://192.168.1.1/1.jpg", expires_in_s: 5 },
      /stream_url names the host 192\.168\.1\.1/u,
    ],
    [
      "a password",
      { snapshot_url: "https://cameras.example/1.jpg?password=x", expires_in_s: 5 },
      /behind a credential/u,
    ],
  ])("refuses %s", async (_, said, message) => {
    const { host } = pictures();
    await using _host = host;
    picture = said;
    await expect(host.resolve("pictures", listed("pictures:b"), signal)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_RESOLVED_BADLY",
      message: expect.stringMatching(message),
    });
  });

  it("asks one camera of a source at a time, and lets go of a viewer who leaves", async () => {
    const { host } = pictures();
    await using _host = host;
    picture = { stream_url: "https://cameras.example/1.jpg", expires_in_s: 60 };
    let atOnce = 0;
    let most = 0;
    answering = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
    };
    const leaving = new AbortController();
    const left = host.resolve("pictures", listed("pictures:c"), leaving.signal);
    const stayed = host.resolve("pictures", listed("pictures:d"), signal);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect(await stayed).toEqual(picture);
    expect(most).toBe(1);
    answering = async () => {};
  });

  it("gives up on a source that does not say, and on those that cannot", async () => {
    const { host } = open({ limits: { resolveMs: 1500 } });
    await using _host = host;
    await expect(host.resolve("slow-pictures", listed("slow-pictures:a"), signal)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_RESOLVE_LATE",
    });
    await expect(host.resolve("many", listed("many:a"), signal)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_RESOLVES_NOT",
    });
    await expect(host.resolve("nope", listed("nope:a"), signal)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_UNKNOWN",
    });
    const waiting = host.resolve("slow-pictures", listed("slow-pictures:b"), signal);
    const refused = expect(waiting).rejects.toMatchObject({ code: "ARGUS_SOURCE_HOST_CLOSED" });
    await host[Symbol.asyncDispose]();
    await refused;
  });

  describe("in a process that is kept", () => {
    const keeping = (resolveIdleMs = 60_000): SourceHost =>
      open({ options: { kept: { base_url: origin } }, limits: { resolveIdleMs } }).host;
    const resolve = (host: SourceHost, id: string) => host.resolve("kept", listed(`kept:${id}`), signal);
    /** Which process asked of which camera, the processes numbered as they come. */
    const askedOf = (): string[] => {
      const pids: string[] = [];
      return asked.map((line) => {
        const [pid = "", id = ""] = line.split("/").slice(2);
        if (!pids.includes(pid)) pids.push(pid);
        return `${pids.indexOf(pid)} ${id}`;
      });
    };

    it("starts once for a wall of sixteen cameras, and goes on after one that it cannot resolve", async () => {
      await using host = keeping();
      asked.length = 0;
      const ids = Array.from({ length: 16 }, (_, index) => (index === 3 ? "none" : `c${index}`));
      const all = await Promise.allSettled(ids.map((id) => resolve(host, id)));
      expect(all.filter(({ status }) => status === "rejected")).toMatchObject([
        { reason: { code: "ARGUS_SOURCE_FAILED", message: "no picture of none" } },
      ]);
      expect(askedOf()).toEqual(ids.map((id) => `0 ${id}`));
    });

    it("is started anew for the camera that is next when one ends it, at once or by what it left behind", async () => {
      await using host = keeping();
      asked.length = 0;
      const [first, dies, leaves, last] = await Promise.allSettled(
        ["c1", "dies", "leaves", "c2"].map((id) => resolve(host, id)),
      );
      expect(first?.status).toBe("fulfilled");
      expect(dies).toMatchObject({ reason: { code: "ARGUS_SOURCE_ENDED", message: expect.stringMatching(/code 3/u) } });
      expect([leaves?.status, last?.status]).toEqual(["fulfilled", "fulfilled"]);
      // The one that ended a process that had been kept was asked of once more.
      expect(askedOf().slice(0, 4)).toEqual(["0 c1", "0 dies", "1 dies", "2 leaves"]);
      expect(askedOf().at(-1)).toBe("3 c2");
    });

    it("is ended when nobody has asked for a while", async () => {
      await using host = keeping(0);
      asked.length = 0;
      await resolve(host, "c1");
      await new Promise((over) => setTimeout(over, 1));
      await resolve(host, "c2");
      expect(askedOf()).toEqual(["0 c1", "1 c2"]);
    });
  });

  it("forgets an address that the origin refuses, unless it has found another since", async () => {
    const { host } = pictures();
    await using _host = host;
    const at = (name: string) => ({ stream_url: `https://cameras.example/${name}.jpg`, expires_in_s: 60 });
    const resolve = (refused?: string) => host.resolve("pictures", listed("pictures:e"), signal, { refused });
    picture = at("1");
    expect((await resolve()).stream_url).toBe(at("1").stream_url);
    picture = at("2");
    expect((await resolve("https://cameras.example/other.jpg")).stream_url).toBe(at("1").stream_url);
    expect((await resolve(at("1").stream_url)).stream_url).toBe(at("2").stream_url);
    picture = at("3");
    expect((await resolve(at("1").stream_url)).stream_url).toBe(at("2").stream_url);
  });
});
