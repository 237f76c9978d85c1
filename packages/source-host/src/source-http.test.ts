import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";

import { exampleCamera, exampleSource, hostOf, partOf, scrapeAll } from "./testing/example-source.ts";

let server: Server;
let origin: string;
const agents: (string | undefined)[] = [];
let answering = Promise.withResolvers<void>();

beforeEach(async () => {
  agents.length = 0;
  answering = Promise.withResolvers<void>();
  server = createServer((request, response) => {
    agents.push(request.headers["user-agent"]);
    if (request.url === "/ids") return void response.end('["a","b"]');
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
