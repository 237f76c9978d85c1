import type { ServerResponse } from "node:http";

import type { Scrape } from "@argus/core";
import { describe, expect, it } from "vitest";

import type { ArgusClientError } from "./errors.ts";
import { scrapeEvents, type ScrapeEventsOptions, TIMING, type Timing } from "./scrape-events.ts";
import { type Asked, sendJson, serve, type TestServer } from "./testing/server.ts";

const PATH = "/api/scrapes/stream";
const AT_ONCE: Timing = { ...TIMING, firstWaitMs: 1, longestWaitMs: 1 };

function follow(
  server: TestServer,
  options?: ScrapeEventsOptions,
  timing: Timing = AT_ONCE,
): AsyncGenerator<Scrape, void, undefined> {
  return scrapeEvents(
    { baseUrl: server.url, fetch: (input, init) => fetch(input, init), timeoutMs: 1000 },
    PATH,
    options,
    timing,
  );
}

function send(response: ServerResponse, ...ids: string[]): void {
  if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  for (const id of ids) response.write(`id: ${id}\nevent: progress\ndata: ${JSON.stringify({ id })}\n\n`);
}

async function take(events: AsyncIterable<Scrape>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of events) if (ids.push(id) === count) break;
  return ids;
}

describe("scrapeEvents", () => {
  it("yields each snapshot, and closes the connection when the caller has enough", async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await serve((_asked, response) => {
      response.once("close", closed.resolve);
      send(response, "a", "b", "c");
    });
    expect(await take(follow(server), 2)).toEqual(["a", "b"]);
    await closed.promise;
    expect(server.asked).toHaveLength(1);
  });

  it("takes up a lost connection where it ended", async () => {
    const answers = [
      (response: ServerResponse) => (send(response, "a", "b"), response.end()),
      (response: ServerResponse) => response.destroy(),
      (response: ServerResponse) => sendJson(response, { error: { code: "ARGUS_EVENTS_BUSY", message: "full" } }, 503),
      (response: ServerResponse) => send(response, "c"),
    ];
    await using server = await serve((_asked: Asked, response) => answers.shift()?.(response));
    const problems: string[] = [];
    const onReconnect = (error: ArgusClientError): void => void problems.push(error.code);
    expect(await take(follow(server, { onReconnect }), 3)).toEqual(["a", "b", "c"]);
    expect(server.asked.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "b", "b", "b"]);
    expect(problems).toEqual(["ARGUS_CLIENT_UNREACHABLE", "ARGUS_CLIENT_UNREACHABLE", "ARGUS_EVENTS_BUSY"]);
  });

  it("gives up a connection that has fallen silent", async () => {
    await using server = await serve((_asked, response) => {
      send(response, `n${server.asked.length}`);
    });
    expect(await take(follow(server, {}, { ...AT_ONCE, silenceMs: 200 }), 3)).toEqual(["n1", "n2", "n3"]);
  });

  it("waits longer after each failure in a row, never twice the same, and starts anew after success", async () => {
    const waits: number[] = [];
    const left = new AbortController();
    await using server = await serve((_asked, response) => {
      if (server.asked.length !== 4) return response.destroy();
      send(response, "a");
      return response.end();
    });
    const onReconnect = (_error: ArgusClientError, waitMs: number): void => {
      waits.push(waitMs);
      if (waits.length === 5) left.abort();
    };
    await take(
      follow(server, { onReconnect, signal: left.signal }, { ...TIMING, firstWaitMs: 8, longestWaitMs: 20 }),
      9,
    );
    const bounds = [8, 16, 20, 8, 16];
    expect(waits).toHaveLength(5);
    for (const [index, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(bounds[index]!);
    expect(waits[1]).toBeGreaterThanOrEqual(8);
    expect(waits[2]).toBeGreaterThanOrEqual(10);
  });

  it("ends without an error when the caller aborts, connected or waiting", async () => {
    const left = new AbortController();
    await using server = await serve((_asked, response) => send(response, "a"));
    const ids: string[] = [];
    for await (const { id } of follow(server, { signal: left.signal })) {
      ids.push(id);
      left.abort();
    }
    expect(ids).toEqual(["a"]);

    const waiting = new AbortController();
    await using refusing = await serve((_asked, response) => response.destroy());
    const onReconnect = (): void => waiting.abort();
    expect(await take(follow(refusing, { signal: waiting.signal, onReconnect }, TIMING), 1)).toEqual([]);
    expect(await take(follow(refusing, { signal: AbortSignal.abort() }), 1)).toEqual([]);
    expect(refusing.asked).toHaveLength(1);
  });

  it.each([
    [
      "refuses for good",
      (response: ServerResponse) => sendJson(response, { error: { code: "ARGUS_ACCESS_HOST", message: "no" } }, 403),
      "ARGUS_ACCESS_HOST",
    ],
    [
      "is another program",
      (response: ServerResponse) => response.end("<!doctype html>"),
      "ARGUS_CLIENT_ANSWER_INVALID",
    ],
  ])("throws when the server %s", async (_what, answer, code) => {
    await using server = await serve((_asked, response) => answer(response));
    await expect(take(follow(server), 1)).rejects.toMatchObject({ code });
    expect(server.asked).toHaveLength(1);
  });
});
