import { fileURLToPath } from "node:url";

import type { Scrape, ScrapedSource } from "@argus/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import { writeSourceApp } from "../support/source-package.ts";

const SOURCES = [
  { id: "good", scrape: `for (let i = 0; i < 50; i += 1) await ctx.emit(camera("g" + i));` },
  { id: "throwing", scrape: `await ctx.emit(camera("before")); throw new Error("the origin changed its format");` },
  { id: "throwing-nothing", scrape: `throw undefined;` },
  {
    id: "duplicate",
    scrape: `await ctx.emit(camera("twice")); await ctx.emit(camera("twice", { name: "Second" })); await ctx.emit(camera("once"));`,
  },
  {
    id: "impossible",
    scrape: `await ctx.emit(camera("nowhere", { lat: 191, lon: 0 })); await ctx.emit(camera("somewhere"));`,
  },
  {
    id: "not-http",
    scrape: `await ctx.emit(camera("rtsp", { stream_url: "rtsp://example.org/1" })); await ctx.emit(camera("http"));`,
  },
  {
    id: "huge",
    scrape: `await ctx.emit(camera("huge", { name: "x".repeat(10_000_000) })); await ctx.emit(camera("y".repeat(10_000_000))); await ctx.emit(camera("small"));`,
  },
  {
    id: "hanging",
    scrape: `await ctx.emit(camera("first")); await new Promise((_, stop) => ctx.signal.addEventListener("abort", () => stop(ctx.signal.reason)));`,
  },
  { id: "keyed", scrape: `await ctx.emit(camera(ctx.env.TEST_KEY));`, manifest: { required_env: ["TEST_KEY"] } },
];

describe("sources that misbehave", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;
  let scrape: Scrape;

  beforeAll(async () => {
    scratch = await makeScratch("bad-sources");
    const app = await writeSourceApp(scratch.path, SOURCES);
    argus = await serve({
      home: scratch.path,
      script: fileURLToPath(new URL("../support/serve-sources.ts", import.meta.url)),
      env: { TEST_SOURCES_FROM: app, OTHER_SECRET: "not for sources" },
    });
    scrape = await scrapeToEnd(
      argus.client,
      SOURCES.map(({ id }) => id).filter((id) => id !== "keyed" && id !== "hanging"),
    );
  });

  afterAll(async () => {
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  const outcome = (id: string): ScrapedSource => {
    const found = scrape.sources.find(({ source_id }) => source_id === id);
    if (found === undefined) throw new Error(`no ${id} in the scrape`);
    return found;
  };
  const stored = async (id: string) =>
    (await argus.client.cameras({ source: [id], limit: 1000 })).cameras.map((camera) => camera.id);

  it("do not keep a good one from being complete", async () => {
    expect(outcome("good")).toMatchObject({ state: "complete", new: 50, rejected: 0 });
    expect(await stored("good")).toHaveLength(50);
    expect(scrape.state).toBe("failed");
  });

  it("fail with their own words when they throw, and keep what they had listed", async () => {
    expect(outcome("throwing")).toMatchObject({
      state: "failed",
      message: expect.stringContaining("the origin changed its format"),
      gone: 0,
    });
    expect(await stored("throwing")).toEqual(["throwing:before"]);
    expect(outcome("throwing-nothing")).toMatchObject({ state: "failed", message: expect.stringMatching(/./u) });
  });

  it.each([
    ["duplicate", "twice", /twice|duplicate/u, ["duplicate:once", "duplicate:twice"]],
    ["impossible", "nowhere", /lat/u, ["impossible:somewhere"]],
    ["not-http", "rtsp", /stream_url.*rtsp/u, ["not-http:http"]],
  ])("have a bad camera turned away by name: %s", async (id, rawId, reason, kept) => {
    expect(outcome(id)).toMatchObject({
      state: "complete",
      rejected: 1,
      rejections: [{ raw_id: rawId, reason: expect.stringMatching(reason) }],
    });
    expect(await stored(id)).toEqual(kept);
  });

  it("keep the first of two cameras with one id", async () => {
    expect((await argus.client.camera("duplicate:twice")).name).toBe("Camera twice");
  });

  it("have 10 MB strings turned away, and the answers about it stay small", async () => {
    expect(outcome("huge")).toMatchObject({ state: "complete", new: 1, rejected: 2 });
    expect(JSON.stringify(scrape).length).toBeLessThan(20_000);
    expect(await stored("huge")).toEqual(["huge:small"]);
  });

  it("keep nobody waiting when they hang: others are scraped meanwhile, and only they are refused", async () => {
    const { client } = argus;
    const hanging = await client.startScrape(["hanging"]);
    const good = await scrapeToEnd(client, ["good"]);
    expect(good).toMatchObject({ state: "complete", sources: [{ source_id: "good", unchanged: 50 }] });
    await expect(client.startScrape(["good", "hanging"])).rejects.toMatchObject({
      status: 409,
      code: "ARGUS_SCRAPE_RUNNING",
      message: expect.stringContaining(`"hanging" in scrape ${hanging.id}`),
    });
    expect(await client.currentScrape()).toMatchObject({ id: hanging.id, sources: [{ source_id: "hanging" }] });
    expect((await client.sources()).find(({ id }) => id === "good")?.last_scrape?.id).toBe(good.id);
    expect(await client.cancelScrape()).toMatchObject({ id: hanging.id, state: "cancelled" });
    expect(await client.currentScrape()).toBeNull();
  });

  it("are not started without the environment they require, and the message names it", async () => {
    const info = (await argus.client.sources()).find(({ id }) => id === "keyed");
    expect(info).toMatchObject({
      state: "unconfigured",
      missing_env: ["TEST_KEY"],
      message: expect.stringContaining("TEST_KEY"),
    });
    await expect(argus.client.startScrape(["keyed"])).rejects.toMatchObject({
      message: expect.stringContaining("TEST_KEY"),
    });
  });
});
