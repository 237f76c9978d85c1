import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";

import { SourceProgress } from "./source-progress.ts";
import { exampleCamera, exampleSource, hostOf, keptLog, partOf, scrapeAll } from "./testing/example-source.ts";

let server: Server;
let origin: string;
let other = "";
const agents: (string | undefined)[] = [];
const statuses: number[] = [];
let answering = Promise.withResolvers<void>();
/** Answers the second request for /busy. */
let recover = (): void => undefined;

beforeEach(async () => {
  agents.length = 0;
  statuses.length = 0;
  answering = Promise.withResolvers<void>();
  const isRecovered = Promise.withResolvers<void>();
  recover = isRecovered.resolve;
  server = createServer((request, response) => {
    agents.push(request.headers["user-agent"]);
    if (request.url === "/ids") return void response.end('["a","b"]');
    if (request.url === "/away") return void response.writeHead(302, { location: other }).end();
    if (request.url === "/marked") {
      const isKnown = request.headers["if-none-match"] === '"1"';
      statuses.push(isKnown ? 304 : 200);
      return void response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(isKnown ? undefined : '["a","b"]');
    }
    if (request.url?.startsWith("/busy") === true) {
      if (agents.length === 1) return void response.writeHead(503).end();
      return void isRecovered.promise.then(() => response.end('["a"]'));
    }
    // Any other request is never answered.
    answering.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const http = { retries: 0, pageDelayMs: 0 };

it("lets a source talk to the host its base_url is set to, under the host's user agent", async () => {
  const source = exampleSource("one", async (ctx) => {
    for (const id of await ctx.http.json(`${ctx.options.base_url}/ids`, z.array(z.string())))
      await ctx.emit(exampleCamera(id));
  });
  const { host } = hostOf([source], { http, options: { one: { base_url: origin } } });
  expect(partOf(await scrapeAll(host), "one")).toMatchObject({ state: "complete", found: 2 });
  expect(agents).toEqual(["argus-test"]);
});

it("does not let it talk to any other", async () => {
  const source = exampleSource("one", async (ctx) => {
    await ctx.http.text(`${origin}/ids`);
  });
  const part = partOf(await scrapeAll(hostOf([source], { http }).host), "one");
  expect(part).toMatchObject({ state: "failed", message: expect.stringContaining("127.0.0.1") });
  expect(agents).toEqual([]);
});

it("ends a request that is under way when the scrape is cancelled, awaited or not", async () => {
  const source = exampleSource("one", async (ctx) => {
    const first = ctx.http.text(`${origin}/never`);
    // Never awaited: it must not become an unhandled rejection.
    void ctx.http.text(`${origin}/never`);
    await first;
  });
  const { host } = hostOf([source], { http, options: { one: { base_url: origin } } });
  await host.start(["one"]);
  await answering.promise;
  expect(await host.cancel()).toMatchObject({ state: "cancelled", sources: [{ message: "the scrape was cancelled" }] });
});

it("tells while an origin fails that it is tried again, and then what the source says", async () => {
  const isSeen = Promise.withResolvers<void>();
  const source = exampleSource("one", async (ctx) => {
    ctx.progress({ message: "page 1" });
    for (const id of await ctx.http.json(`${ctx.options.base_url}/busy?key=hunter2`, z.array(z.string())))
      await ctx.emit(exampleCamera(id));
    await isSeen.promise;
  });
  const { log, lines } = keptLog();
  const retrying = { ...http, retries: 3, backoffLimitMs: 20 };
  const { host } = hostOf([source], { http: retrying, log, options: { one: { base_url: origin } } });
  await host.start(["one"]);
  const { host: name } = new URL(origin);
  const messages: (string | null)[] = [];
  for await (const { scrape } of host.subscribe({ signal: AbortSignal.timeout(20_000) })) {
    const { message } = partOf(scrape, "one");
    messages.push(message);
    if (message === `tries ${name} again: 503 (2 of 4)`) recover();
    if (message === "page 1" && agents.length === 2) isSeen.resolve();
    if (scrape.finished_at !== null) break;
  }
  expect(messages).toContain(`tries ${name} again: 503 (2 of 4)`);
  expect(messages.at(-1)).toBeNull();
  expect(lines).toContainEqual({
    level: "warn",
    message: `waits 1 s before trying ${name} again: 503 (2 of 4)`,
    fields: expect.objectContaining({ source: "one", url: `${origin}/busy?key=***` }),
  });
});

it("keeps what the source says meanwhile for later, and says nothing more once it has ended", () => {
  const progress = new SourceProgress("one", () => undefined);
  const message = () => progress.snapshot().message;
  const retry = { host: "a.example", reason: "429", next: 2, most: 4, waitMs: 4200 };
  progress.begin("2030-01-01T00:00:00.000Z");
  progress.retries(retry);
  progress.step({ done: 1, message: "page 2" });
  expect(message()).toBe("waits 4 s before trying a.example again: 429 (2 of 4)");
  progress.retries(null);
  expect(message()).toBe("page 2");
  progress.end("complete", null, "2030-01-01T00:00:01.000Z");
  progress.retries(retry);
  expect(message()).toBeNull();
});

const options = z.object({
  base_url: z.url().default("https://cameras.example"),
  user_agent: z.string().default("Mozilla/5.0"),
  lists: z.array(z.object({ url: z.string() })).default([]),
});
type Options = z.output<typeof options>;

/** Lists what each of its lists holds. */
const ofLists = (origin_options: string[]) =>
  exampleSource(
    "one",
    async (ctx) => {
      for (const { url } of (ctx.options as Options).lists)
        for (const id of await ctx.http.json(url, z.array(z.string()))) await ctx.emit(exampleCamera(id));
    },
    { options, origin_options },
  );
const listsAt = (...urls: string[]) => ({ one: { lists: urls.map((url) => ({ url })) } });
const addressRule = (address: string) => (address.startsWith("127.") ? "loopback" : null);

it("asks whatever host the user has written into an option that the source declares for it, private ones too", async () => {
  const { host } = hostOf([ofLists(["lists.url"])], { http, options: listsAt(`${origin}/ids`), addressRule });
  expect(partOf(await scrapeAll(host), "one")).toMatchObject({ state: "complete", found: 2 });
  const undeclared = hostOf([ofLists([])], { http, options: listsAt(`${origin}/ids`), addressRule });
  expect(partOf(await scrapeAll(undeclared.host), "one")).toMatchObject({
    state: "failed",
    message: expect.stringContaining("is not declared"),
  });
  expect(agents).toHaveLength(1);
});

it("follows no redirect from there to a host that nobody has named", async () => {
  // The same server under another name.
  other = origin.replace("127.0.0.1", "127.0.0.2");
  const { host } = hostOf([ofLists(["lists.url"])], { http, options: listsAt(`${origin}/away`), addressRule });
  expect(partOf(await scrapeAll(host), "one")).toMatchObject({
    state: "failed",
    message: expect.stringMatching(/127\.0\.0\.2.* redirects to it/u),
  });
  expect(agents).toHaveLength(1);
});

it("asks an origin again with what it said before, and lists the same when nothing has changed", async () => {
  const { host, store } = hostOf([ofLists(["lists.url"])], { http, options: listsAt(`${origin}/marked`) });
  expect(partOf(await scrapeAll(host), "one")).toMatchObject({ state: "complete", new: 2 });
  expect(partOf(await scrapeAll(host), "one")).toMatchObject({ state: "complete", found: 2, new: 0, gone: 0 });
  expect(statuses).toEqual([200, 304]);
  expect(store.cameras.size).toBe(2);
});

it("calls the program as the user has written, and never as a source would like", async () => {
  const written = (user_agent?: string) => ({
    one: { ...listsAt(`${origin}/ids`).one, ...(user_agent && { user_agent }) },
  });
  for (const name of [undefined, "mine/1.0"])
    await scrapeAll(hostOf([ofLists(["lists.url"])], { http, options: written(name) }).host);
  expect(agents).toEqual(["argus-test", "mine/1.0"]);
  const { host } = hostOf([ofLists(["lists.url"])], { http, options: written("a\nb") });
  expect(partOf(await scrapeAll(host), "one")).toMatchObject({
    state: "failed",
    message: expect.stringContaining("user_agent"),
  });
});
