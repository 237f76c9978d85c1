import { execFile } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runArgus, serve, startArgus } from "../support/argus-process.ts";
import { scrapeEnd } from "../support/scrape-end.ts";
import type { Scratch } from "../support/scratch.ts";
import { makeFarScratch, writeSourceFolder } from "../support/source-folder.ts";

/** Nothing answers there: whatever asks a registry fails. */
const OFFLINE = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };
const CACHE = "sources-cache.json";
const TWO = `ctx.log.info("reading"); await ctx.emit(camera("a")); await ctx.emit(camera("b")); ctx.reject("c", "no picture");`;

let scratch: Scratch;
beforeAll(async () => {
  scratch = await makeFarScratch("sources");
  // What sources tell about themselves is asked once and not by each test.
  await using _server = await serve({ home: home("seed") });
});
afterAll(() => scratch?.[Symbol.asyncDispose]());

const argus = (home: string, ...words: string[]) => runArgus(home, ["sources", ...words], OFFLINE);
const home = (name: string) => join(scratch.path, name);
const data = (of: string) => join(of, "data", "argus");
async function freshHome(name: string): Promise<string> {
  await mkdir(data(home(name)), { recursive: true });
  await copyFile(join(data(home("seed")), CACHE), join(data(home(name)), CACHE));
  return home(name);
}
const folderOf = (id: string, scrape = TWO, changes: object = {}, manifest: Record<string, unknown> = {}) =>
  writeSourceFolder(scratch.path, { id, scrape, manifest }, changes);

/** The two streams apart, and how it ended. */
async function run(of: string, ...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { child, ended } = startArgus(of, ["sources", "run", ...words], OFFLINE);
  const texts = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (texts.stderr += chunk.toString()));
  return { code: (await ended).code, ...texts };
}

describe("argus sources", () => {
  it("installs a folder and a packed tarball, which the server then has, and removes them", async () => {
    const at = await freshHome("first");
    const mine = await folderOf("mine");
    await promisify(execFile)("npm", ["pack", await folderOf("packed")], { cwd: scratch.path });
    expect(await argus(at, "install", mine)).toEqual({
      code: 0,
      output: "argus-source-mine 1.0.0 installed (source mine)\nRestart argus serve to use it.",
    });
    expect(await argus(at, "install", join(scratch.path, "argus-source-packed-1.0.0.tgz"))).toMatchObject({ code: 0 });

    const listed = JSON.parse((await argus(at, "list", "--json")).output) as {
      id: string;
      package: string;
      from: { kind: string };
    }[];
    expect(listed.find(({ id }) => id === "mine")).toEqual({
      id: "mine",
      package: "argus-source-mine",
      version: "1.0.0",
      from: { kind: "folder", asked: mine },
      enabled: false,
      state: "ready",
      message: null,
    });
    // What decides whether an id is free, before anything is loaded.
    for (const own of listed.filter(({ from }) => from.kind === "argus"))
      expect(own.package).toBe(`argus-source-${own.id}`);
    expect(listed.find(({ id }) => id === "demo")).toMatchObject({ from: { kind: "argus" }, enabled: false });
    expect((await argus(at, "list")).output).toMatch(/^packed +argus-source-packed +1\.0\.0 +tarball .* no +ready$/mu);

    await using server = await serve({ home: at });
    const { id } = await server.client.startScrape(["mine", "packed"]);
    expect(await scrapeEnd(server.client, id)).toMatchObject({ state: "complete" });
    expect((await server.client.cameras({ limit: 10 })).cameras.map((camera) => camera.id).toSorted()).toEqual([
      "mine:a",
      "mine:b",
      "packed:a",
      "packed:b",
    ]);
    await server.stop();

    expect(await argus(at, "remove", "mine")).toMatchObject({
      code: 0,
      output: expect.stringContaining("argus-source-mine 1.0.0 removed; its cameras stay"),
    });
    await using next = await serve({ home: at });
    expect((await next.client.cameras({ limit: 10 })).total).toBe(4);
    const ids = (await next.client.sources()).map((source) => source.id);
    expect(ids).toContain("packed");
    expect(ids).not.toContain("mine");
  });

  it("refuses what is no source, and then nothing is there", async () => {
    const at = await freshHome("refused");
    const bad = await folderOf("bad", TWO, { keywords: [] });
    for (const [what, said] of [
      [bad, "lacks the keyword"],
      ["left-pad", "argus-source-<id>"],
      ["argus-source-demo", "comes with Argus"],
      ["argus-source-nowhere", "npm could not do it"],
    ] as const)
      expect(await argus(at, "install", what)).toMatchObject({ code: 1, output: expect.stringContaining(said) });
    const twin = await writeSourceFolder(scratch.path, { id: "twin", scrape: TWO, manifest: { id: "demo" } });
    expect(await argus(at, "install", twin)).toMatchObject({
      code: 1,
      output: expect.stringContaining('"demo" is taken by argus-source-demo'),
    });
    expect(await argus(at, "remove", "argus-source-bad")).toMatchObject({
      code: 1,
      output: expect.stringContaining("[ARGUS_SOURCE_NOT_INSTALLED]"),
    });
    expect((await readdir(data(at))).filter((name) => name.includes("sources"))).toEqual([CACHE]);
  });

  it("is run and examined with what is set in the page and in argus.toml, and says where that is", async () => {
    const at = await freshHome("stored");
    await argus(at, "install", await folderOf("where", `await ctx.emit(camera(new URL(ctx.options.base_url).host));`));
    const settings = join(scratch.path, "stored.toml");
    await writeFile(settings, "[sources.where]\ninterval_s = 900\n");
    const told = `options that are set: interval_s in ${settings}; base_url, deadline_s in the page`;
    await using server = await serve({ home: at, args: ["--config", settings] });
    const options = { base_url: "http://set.example/", deadline_s: 900 };
    await server.client.changeSource("where", { options });

    const ran = await run(at, "where", "--config", settings);
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining(told) });
    expect(JSON.parse(ran.stdout)).toMatchObject({ id: "where:set.example" });
    expect((await argus(at, "doctor", "--config", settings)).output).toContain(`(${told})`);
  });

  it("is as it was after kill -9 in the middle, and can go on", async () => {
    const at = await freshHome("killed");
    await argus(at, "install", await folderOf("kept"));
    const before = await readFile(join(data(at), "sources", "package.json"), "utf8");
    const asked = Promise.withResolvers<void>();
    // A registry that takes its time.
    const registry = createServer(() => asked.resolve());
    registry.listen(0, "127.0.0.1");
    await once(registry, "listening");
    const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
    const killed = startArgus(at, ["sources", "install", "argus-source-slow"], { npm_config_registry: url });
    await asked.promise;
    killed.child.kill("SIGKILL");
    await killed.ended;
    registry.closeAllConnections();
    registry.close();

    expect(await readFile(join(data(at), "sources", "package.json"), "utf8")).toBe(before);
    expect((await argus(at, "list")).output).toMatch(/^kept .*ready$/mu);
    expect(await argus(at, "install", await folderOf("later"))).toMatchObject({ code: 0 });
    expect((await readdir(data(at))).toSorted()).toEqual(["sources", CACHE]);
  });

  it("finds what is wrong, says what to do, and ends with 1", async () => {
    const at = await freshHome("ill");
    const needy = { required_env: ["NEEDY_KEY"], hosts: ["nowhere.invalid"] };
    await argus(at, "install", await folderOf("needy", TWO, {}, needy));
    expect(await argus(at, "doctor")).toMatchObject({ code: 1, output: expect.stringContaining("NEEDY_KEY") });
    const cured = { ...OFFLINE, NEEDY_KEY: "k" };
    expect(await runArgus(at, ["sources", "doctor"], cured)).toMatchObject({
      code: 0,
      output: expect.stringContaining("no problems found"),
    });
    const settings = join(scratch.path, "ill.toml");
    await writeFile(settings, '[sources.needy]\nbase_urll = "x"\n[sources.gone]\na = 1\n');
    const configured = await runArgus(at, ["sources", "doctor", "--config", settings], cured);
    expect(configured).toMatchObject({ code: 1, output: expect.stringContaining("base_urll") });
    expect(configured.output).toContain("[sources.gone]");

    // As after an update of Argus that the source does not fit any more.
    const file = join(data(at), "sources", "node_modules", "argus-source-needy", "package.json");
    const manifest = JSON.parse(await readFile(file, "utf8")) as { peerDependencies: Record<string, string> };
    manifest.peerDependencies["@argus/source-sdk"] = "^99.0.0";
    await writeFile(file, JSON.stringify(manifest));
    expect((await runArgus(at, ["sources", "doctor"], cured)).output).toMatch(/\^99\.0\.0.*update Argus/u);
    await using server = await serve({ home: at });
    const sources = await server.client.sources();
    expect(sources.find((source) => source.package === "argus-source-needy")).toMatchObject({ state: "broken" });
  });

  it("lists a source whose id has been taken meanwhile, and the server has the first", async () => {
    const at = await freshHome("clash");
    await argus(at, "install", await folderOf("rival"));
    const file = join(data(at), "sources", "node_modules", "argus-source-rival", "index.js");
    await writeFile(file, (await readFile(file, "utf8")).replace('"id":"rival"', '"id":"demo"'));
    expect((await argus(at, "list")).output).toMatch(/^rival: .*"demo" is taken by argus-source-demo/mu);
    await using server = await serve({ home: at });
    const states = (await server.client.sources()).map(({ id, state }) => [id, state]);
    expect(states).toContainEqual(["demo", "ready"]);
    expect(states).toContainEqual(["rival", "broken"]);
  });

  it("does not let a folder that it cannot read stop the server", async () => {
    const at = await freshHome("unreadable");
    await argus(at, "install", await folderOf("lost"));
    await writeFile(join(data(at), "sources", "package.json"), "{");
    await using server = await serve({ home: at });
    expect(server.output()).toContain("the installed sources are left out");
    expect((await server.client.sources()).map(({ id }) => id)).toContain("demo");
    expect(await argus(at, "update")).toMatchObject({
      code: 1,
      output: expect.stringContaining("[ARGUS_SOURCES_UNREADABLE]"),
    });
  });
});

describe("argus sources run", () => {
  const at = () => home("run");
  beforeAll(async () => {
    await freshHome("run");
    const more = {
      good: `${TWO} for (let i = 0; i < 20; i += 1) ctx.reject("r" + i, "no picture");`,
      partly: `${TWO} ctx.partial("page 2 answered 500");`,
      failing: `throw new Error("boom");`,
      endless: `await ctx.emit(camera("a")); await new Promise((_, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason)));`,
      flood: `for (let i = 0; !ctx.signal.aborted; i += 1) await ctx.emit(camera("f" + i));`,
    };
    for (const [id, scrape] of Object.entries(more)) await argus(at(), "install", await folderOf(id, scrape));
    await argus(at(), "install", await folderOf("noted", TWO, {}, { needs_notice: "Read me first." }));
  });

  it("prints the cameras and nothing else, and stores none", async () => {
    const { code, stdout, stderr } = await run(at(), "good");
    const cameras = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string });
    expect(cameras.map(({ id }) => id)).toEqual(["good:a", "good:b"]);
    expect(code).toBe(0);
    expect(stderr).toContain("reading");
    expect(stderr).toContain("no picture");
    expect(stderr).toContain("more cameras were left out more=");
    expect(await readdir(data(at()))).not.toContain("argus.db");
  });

  it.each([
    ["partly", 3, "page 2 answered 500"],
    ["failing", 1, "boom"],
    ["nobody", 1, "ARGUS_SOURCE_UNKNOWN"],
    ["noted", 1, "Read me first."],
  ])("says by its exit code how %s ended", async (id, code, said) => {
    expect(await run(at(), id)).toMatchObject({ code, stderr: expect.stringContaining(said) });
  });

  it("runs a source whose notice is accepted", async () => {
    expect(await run(at(), "noted", "--accept-notice")).toMatchObject({ code: 0 });
  });

  it("stops when it is told to, having printed what it had", async () => {
    const { child, ended } = startArgus(at(), ["sources", "run", "endless"], OFFLINE);
    const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
    expect(JSON.parse(line.toString())).toMatchObject({ id: "endless:a" });
  });

  it("ends by itself when nobody reads on", async () => {
    const { child, ended } = startArgus(at(), ["sources", "run", "flood"], OFFLINE);
    await once(child.stdout ?? child, "data");
    child.stdout?.destroy();
    expect((await ended).code).toBe(130);
  });
});
