import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

import { describe, expect, it } from "vitest";

import type { ProgressEvent } from "../event-stream.ts";
import { makeScrape } from "../testing/cameras.ts";
import { open, refusal, startApi } from "../testing/server.ts";

/** Reads until what was read matches. */
async function readUntil(response: IncomingMessage, pattern: RegExp): Promise<string> {
  let seen = "";
  while (!pattern.test(seen)) seen += String(response.read() ?? "") || (await once(response, "readable"), "");
  return seen;
}

describe("GET /api/scrapes/stream", () => {
  it("sends each snapshot as a progress event, unbuffered and uncompressed", async () => {
    await using api = await startApi();
    const response = await open(api, "/api/scrapes/stream", { headers: { "accept-encoding": "gzip, br" } });
    expect(response.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "x-accel-buffering": "no",
    });
    expect(response.headers).not.toHaveProperty("content-encoding");
    await api.sources.listenersAre(1);
    api.sources.publish({ id: "1-1", scrape: makeScrape() });
    const seen = await readUntil(response, /data:.*\n\n/u);
    expect(seen).toMatch(/^retry: \d+\n\n/u);
    expect(seen).toContain(`id: 1-1\nevent: progress\ndata: ${JSON.stringify(makeScrape())}\n\n`);
    response.destroy();
    await api.sources.listenersAre(0);
  });

  it("hands Last-Event-ID on, so that nothing is missed", async () => {
    await using api = await startApi();
    const response = await open(api, "/api/scrapes/stream", { headers: { "last-event-id": "1-7" } });
    await api.sources.listenersAre(1);
    expect([...api.sources.listeners][0]?.after).toBe("1-7");
    response.destroy();
  });

  it("unsubscribes when the client goes", async () => {
    await using api = await startApi();
    const responses = await Promise.all([1, 2, 3].map(() => open(api, "/api/scrapes/stream")));
    await api.sources.listenersAre(3);
    responses[0]?.destroy();
    await api.sources.listenersAre(2);
    for (const response of responses) response.destroy();
    await api.sources.listenersAre(0);
    expect(api.errors).toEqual([]);
  });

  it("ends in good order when the server stops, and takes no new listeners", async () => {
    await using api = await startApi();
    const response = await open(api, "/api/scrapes/stream");
    await api.sources.listenersAre(1);
    api.stop.abort();
    // `text` rejects where the body was cut off.
    expect(await text(response)).toMatch(/^retry:/u);
    await api.sources.listenersAre(0);
    expect(await refusal(api, "/api/scrapes/stream")).toMatchObject({ status: 503, code: "ARGUS_SERVER_STOPPING" });
  });

  it("takes a bounded number of listeners, and one more after another has gone", async () => {
    await using api = await startApi({ limits: { maxEventStreams: 1 } });
    const first = await open(api, "/api/scrapes/stream");
    await api.sources.listenersAre(1);
    expect(await refusal(api, "/api/scrapes/stream")).toMatchObject({ status: 503, code: "ARGUS_EVENTS_BUSY" });
    first.destroy();
    await api.sources.listenersAre(0);
    const second = await open(api, "/api/scrapes/stream");
    expect(second.statusCode).toBe(200);
    second.destroy();
  });

  it("says now and then that it lives", async () => {
    await using api = await startApi({ limits: { heartbeatMs: 5 } });
    const response = await open(api, "/api/scrapes/stream");
    expect(await readUntil(response, /: heartbeat\n\n: heartbeat\n\n/u)).toMatch(/^retry:/u);
    response.destroy();
  });

  it("cuts the connection when the source of events fails", async () => {
    await using api = await startApi();
    api.sources.subscribe = async function* () {
      yield* await Promise.reject<ProgressEvent[]>(new Error("lost the host"));
    };
    const response = await open(api, "/api/scrapes/stream");
    await expect(text(response)).rejects.toThrow("aborted");
    expect(api.errors.join()).toContain("lost the host");
  });
});
