import { join } from "node:path";

import { type ArgusClient, createArgusClient } from "@argus/client";
import type { Scrape } from "@argus/core";
import { createLog, loadConfig, type RunningServer, startServer } from "@argus/server";
import { afterAll, beforeAll, expect, it } from "vitest";

import { scrapeEnd, scrapeToEnd } from "../support/scrape-end.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { writeSettings } from "../support/settings.ts";
import { writeSourceApp } from "../support/source-package.ts";

const SECRET = "s3cr3t-value";
const NOTICE = "These cameras are nobody's to look at.";
const OPTIONS = `
  limit: z.int().min(1).max(50).default(1),
  key: z.string().refine((key) => !key.startsWith("bad"), { error: (issue) => "no such key: " + issue.input }).default("").meta({ format: "password" }),
`;
const LISTING = `
  ctx.log.warn("asked with " + ctx.options.key);
  for (let i = 0; i < ctx.options.limit; i += 1) await ctx.emit(camera("c" + i));
`;
const SOURCES = [
  { id: "noted", scrape: LISTING, options: OPTIONS, manifest: { needs_notice: NOTICE } },
  { id: "fixed", scrape: LISTING, options: OPTIONS },
];

let scratch: Scratch;
const logged: string[] = [];
beforeAll(async () => {
  scratch = await makeScratch("source-settings");
  await writeSourceApp(join(scratch.path, "app"), SOURCES);
  await writeSettings(scratch.path, { sources: { fixed: { limit: 2, key: SECRET } } });
});
afterAll(() => scratch?.[Symbol.asyncDispose]());

/** A server of its own with real sources, on the same data each time. */
async function start(): Promise<{ server: RunningServer; client: ArgusClient }> {
  const env = {
    HOME: scratch.path,
    XDG_CONFIG_HOME: join(scratch.path, "config"),
    XDG_DATA_HOME: join(scratch.path, "data"),
  };
  const log = createLog("debug", (line) => void logged.push(line));
  const config = await loadConfig({ port: "0" }, env);
  const server = await startServer({ config, env, log, sourcesFrom: join(scratch.path, "app") });
  return { server, client: createArgusClient({ baseUrl: server.url }) };
}

/** The next scrape that ends, which nobody but the server itself has started. */
async function ownScrape(client: ArgusClient): Promise<Scrape> {
  for await (const scrape of client.scrapeEvents({ signal: AbortSignal.timeout(30_000) }))
    if (scrape.finished_at !== null) return scrape;
  throw new Error("no scrape ended");
}

it("what somebody sets about a source holds, is run by, and is there after a restart; its secret is nowhere", async () => {
  const told: unknown[] = [];
  {
    const { server, client } = await start();
    await using _server = server;
    expect(await client.sources()).toMatchObject([
      { id: "noted", enabled: false, needs_notice: true, state: "unconfigured" },
      { id: "fixed", enabled: false, needs_notice: false, state: "ready" },
    ]);

    // A bad option changes nothing, and neither does what the settings hold.
    const bad = { accept_notice: true, options: { limit: 3, key: `bad-${SECRET}` } };
    const refusal = await client.changeSource("noted", bad).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      status: 422,
      code: "ARGUS_SOURCE_OPTIONS_INVALID",
      details: [{ path: "key", message: "no such key: ***" }],
    });
    told.push(String(refusal));
    expect(await client.source("noted")).toMatchObject({
      needs_notice: true,
      options: { values: {}, secrets: [], schema: { properties: { limit: { maximum: 50 }, interval_s: {} } } },
    });
    const fixed = client.changeSource("fixed", { options: { limit: 3 } });
    await expect(fixed).rejects.toMatchObject({ status: 422, code: "ARGUS_SOURCE_OPTION_FIXED" });
    const unread = client.changeSource("noted", { enabled: true });
    await expect(unread).rejects.toMatchObject({ status: 409, message: expect.stringContaining(NOTICE) });
    await expect(client.confirmSource("noted")).rejects.toMatchObject({ status: 409 });
    await expect(client.source("nope")).rejects.toMatchObject({ status: 404 });
    expect(await client.scrapes()).toEqual([]);

    const change = { enabled: true, accept_notice: true, options: { limit: 3, key: SECRET, interval_s: 86_400 } };
    told.push(await client.changeSource("noted", change));
    expect(await ownScrape(client)).toMatchObject({ state: "complete", sources: [{ source_id: "noted", found: 3 }] });
    told.push(await client.sources(), await client.source("fixed"), await client.resetSource("noted"));
  }

  const { server, client } = await start();
  await using _server = server;
  const details = await client.source("noted");
  expect(details).toMatchObject({
    enabled: true,
    needs_notice: false,
    state: "ready",
    camera_count: 3,
    interval_s: 86_400,
    notice: { text: NOTICE, is_accepted: true },
    options: { values: { limit: 3, interval_s: 86_400 }, fixed: [], secrets: ["key"] },
  });
  // It was read just now, and so not again.
  expect(Date.parse(details.next_run_at!)).toBeGreaterThan(Date.parse(details.last_scrape!.finished_at!) + 86_000_000);
  expect(await client.source("fixed")).toMatchObject({
    enabled: false,
    options: { values: { limit: 2 }, fixed: ["limit", "key"], secrets: ["key"] },
  });
  expect(await client.changeSource("noted", { accept_notice: false })).toMatchObject({ enabled: false });

  expect(logged.some((line) => line.includes("asked with ***"))).toBe(true);
  expect(JSON.stringify([told, details, logged])).not.toContain(SECRET);
});

it("a listing that is held is so after a restart, and what it lacks is gone once it is confirmed and read again", async () => {
  {
    const { server, client } = await start();
    await using _server = server;
    await client.changeSource("noted", { accept_notice: true, options: { limit: 40 } });
    await scrapeToEnd(client, ["noted"]);
    await client.changeSource("noted", { options: { limit: 4 } });
    expect(await scrapeToEnd(client, ["noted"])).toMatchObject({ state: "partial", sources: [{ gone: 0 }] });
  }

  const { server, client } = await start();
  await using _server = server;
  expect(await client.source("noted")).toMatchObject({ state: "held", held: { before: 40, listed: 4 } });
  const { gone, scrape } = await client.confirmSource("noted");
  expect(gone).toBeNull();
  expect(await scrapeEnd(client, scrape!.id)).toMatchObject({ state: "complete", sources: [{ gone: 36 }] });
  expect(await client.source("noted")).toMatchObject({ state: "ready", message: null, held: null, camera_count: 4 });
});
