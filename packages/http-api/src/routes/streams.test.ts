import { once } from "node:events";
import { text } from "node:stream/consumers";

import { ArgusError, type ArgusErrorCode } from "@argus/core";
import { describe, expect, it } from "vitest";

import { makeCamera } from "../testing/cameras.ts";
import { TINY_JPEG } from "../testing/fakes.ts";
import { ask, open, refusal, startApi } from "../testing/server.ts";

const PART_BYTES = 262_144;
const SNAPSHOT = "/api/cameras/demo%3A1/snapshot";
const STREAM = "/api/cameras/demo%3A1/stream";
const proxy = (url: string) => `/api/stream/proxy?url=${encodeURIComponent(url)}`;

/** Parts without end, and what tells when they were closed. */
function endless(part: Uint8Array = TINY_JPEG) {
  const closed = Promise.withResolvers<void>();
  const made = { parts: 0 };
  async function* parts() {
    try {
      for (;;) {
        made.parts += 1;
        yield part;
      }
    } finally {
      closed.resolve();
    }
  }
  return { parts, made, closed: closed.promise };
}

describe("snapshot", () => {
  it("is the JPEG with its time, and may be kept for a moment", async () => {
    await using api = await startApi();
    const answer = await fetch(`${api.url}${SNAPSHOT}?at=7`);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(TINY_JPEG);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "last-modified": "Sat, 21 Nov 2026 08:00:00 GMT",
      "cache-control": expect.stringMatching(/^private, max-age=\d$/u),
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    });
  });

  it("is confirmed to who has it already", async () => {
    await using api = await startApi();
    const since = (date: string) => ask(api, SNAPSHOT, { headers: { "if-modified-since": date } });
    expect(await since("Sat, 21 Nov 2026 08:00:00 GMT")).toMatchObject({ status: 304, body: "" });
    expect((await since("Sat, 21 Nov 2026 07:59:59 GMT")).status).toBe(200);
  });

  it("that is waited for when the server stops is answered 503, and is no fault of the server", async () => {
    await using api = await startApi();
    const asked = Promise.withResolvers<void>();
    api.streams.snapshot = (_camera, { signal }) => {
      asked.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    };
    const answer = refusal(api, SNAPSHOT);
    await asked.promise;
    api.stop.abort(new Error("the server is stopping"));
    expect(await answer).toMatchObject({ status: 503, code: "ARGUS_SERVER_STOPPING" });
    expect(api.errors).toEqual([]);
  });

  it("of a gone camera is still asked for; of no camera it is 404", async () => {
    await using api = await startApi();
    api.store.cameras = [makeCamera({ gone_at: "2026-11-21T08:00:00.000Z" })];
    expect((await ask(api, SNAPSHOT)).status).toBe(200);
    expect(await refusal(api, "/api/cameras/demo%3A2/snapshot")).toMatchObject({
      status: 404,
      code: "ARGUS_CAMERA_UNKNOWN",
    });
    expect(await refusal(api, "/api/cameras/demo%3A2/stream")).toMatchObject({
      status: 404,
      message: expect.stringContaining("demo:2"),
    });
  });
});

describe("errors of the pictures", () => {
  it.each([
    ["ARGUS_STREAM_BLOCKED", 403],
    ["ARGUS_STREAM_UNSUPPORTED", 501],
    ["ARGUS_STREAM_UNREACHABLE", 502],
    ["ARGUS_STREAM_STATUS", 502],
    ["ARGUS_STREAM_NOT_JPEG", 502],
    ["ARGUS_STREAM_TOO_LARGE", 502],
    ["ARGUS_STREAM_TIMEOUT", 504],
    ["ARGUS_STREAM_BUSY", 503],
  ] satisfies [ArgusErrorCode, number][])("%s is answered %i", async (code, status) => {
    await using api = await startApi();
    api.streams.error = new ArgusError(code, "why");
    for (const path of [SNAPSHOT, STREAM]) {
      expect(await refusal(api, path)).toEqual({ status, code, message: "why" });
      expect((await ask(api, path)).headers["retry-after"]).toBe(status === 503 ? "5" : undefined);
    }
  });
});

describe("stream", () => {
  it("passes the parts on under their own type, uncompressed and unkept", async () => {
    await using api = await startApi();
    const response = await open(api, STREAM, { headers: { "accept-encoding": "gzip" } });
    expect(response.headers).toMatchObject({
      "content-type": "multipart/x-mixed-replace; boundary=frame",
      "cache-control": "no-store, no-transform",
    });
    expect(response.headers).not.toHaveProperty("content-encoding");
    expect(await text(response)).toHaveLength(TINY_JPEG.length);
  });

  it("leaves the upstream when the viewer goes", async () => {
    await using api = await startApi();
    const { parts, closed } = endless();
    api.streams.parts = parts;
    const response = await open(api, STREAM);
    await once(response, "readable");
    expect(api.streams.asked[0]?.signal.aborted).toBe(false);
    response.destroy();
    await closed;
    expect(api.streams.asked[0]?.signal.aborted).toBe(true);
  });

  it("aborts an upstream that has not answered yet when the viewer goes", async () => {
    await using api = await startApi();
    const asked = Promise.withResolvers<AbortSignal>();
    api.streams.stream = (_camera, { signal }) => {
      asked.resolve(signal);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    };
    const left = new AbortController();
    const answer = fetch(api.url + STREAM, { signal: left.signal });
    const signal = await asked.promise;
    left.abort();
    await expect(answer).rejects.toThrow("aborted");
    if (!signal.aborted) await once(signal, "abort");
    expect((await ask(api, "/api/health")).status).toBe(200);
    expect(api.errors).toEqual([]);
  });

  it("takes parts no faster than the viewer", async () => {
    await using api = await startApi();
    const { parts, made, closed } = endless(new Uint8Array(PART_BYTES));
    api.streams.parts = parts;
    const response = await open(api, STREAM);
    await once(response, "readable");
    let before = -1;
    while (made.parts !== before) {
      before = made.parts;
      for (let round = 0; round < 20; round += 1) await ask(api, "/api/health");
    }
    expect(made.parts * PART_BYTES).toBeLessThan(64 * 1_048_576);
    response.destroy();
    await closed;
  });

  it("ends when the server stops, and none begins after", async () => {
    await using api = await startApi();
    const { parts, closed } = endless();
    api.streams.parts = parts;
    const response = await open(api, STREAM);
    await once(response, "readable");
    api.stop.abort();
    await closed;
    expect(api.errors).toEqual([]);
    for (const path of [STREAM, SNAPSHOT])
      expect(await refusal(api, path)).toMatchObject({ status: 503, code: "ARGUS_SERVER_STOPPING" });
    response.destroy();
  });

  it("is cut when the upstream fails, and answers HEAD without a part", async () => {
    await using api = await startApi();
    expect(await ask(api, STREAM, { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
    expect(api.streams.asked[0]?.signal.aborted).toBe(true);
    api.streams.parts = async function* () {
      yield TINY_JPEG;
      throw new ArgusError("ARGUS_STREAM_UNREACHABLE", "the camera hung up");
    };
    await expect(text(await open(api, STREAM))).rejects.toThrow("aborted");
  });
});

describe("GET /api/stream/proxy", () => {
  it("gives a snapshot for a snapshot's URL and the moving picture for a stream's", async () => {
    await using api = await startApi();
    const { stream_url, snapshot_url } = makeCamera();
    await ask(api, proxy(String(snapshot_url)));
    await ask(api, proxy(String(stream_url)));
    api.store.cameras = [makeCamera({ snapshot_url: stream_url })];
    await ask(api, proxy(String(stream_url)));
    expect(api.streams.asked.map(({ what }) => what)).toEqual(["snapshot", "stream", "stream"]);
  });

  it.each([
    "http://127.0.0.1:8765/api/health",
    "http://169.254.169.254/",
    "file:///etc/passwd",
    "http://demo.argus.invalid/cameras/1/stream.mjpg?x",
    "x".repeat(2000),
  ])("refuses %s, which no camera has", async (url) => {
    await using api = await startApi();
    const told = await refusal(api, proxy(url));
    expect(told).toMatchObject({ status: 403, code: "ARGUS_STREAM_URL_UNKNOWN" });
    expect(told.message.length).toBeLessThan(250);
    expect(api.streams.asked).toEqual([]);
  });

  it.each(["", "?url=", "?url=a&url=b", "?uri=a", `?url=${"x".repeat(2049)}`])(
    "names the parameter for %j",
    async (query) => {
      await using api = await startApi();
      expect(await refusal(api, `/api/stream/proxy${query}`)).toMatchObject({
        status: 400,
        code: "ARGUS_QUERY_INVALID",
        message: expect.stringContaining("url"),
      });
    },
  );
});
