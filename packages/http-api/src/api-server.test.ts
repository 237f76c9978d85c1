import { connect } from "node:net";
import { text } from "node:stream/consumers";

import { describe, expect, it } from "vitest";

import { startApi, type TestApi } from "./testing/server.ts";

async function sendRaw(api: TestApi, bytes: string): Promise<string> {
  const socket = connect(api.port, "127.0.0.1");
  socket.end(bytes, "latin1");
  return await text(socket);
}

describe("a request that cannot be read", () => {
  it.each([
    [
      "a head past all bounds",
      (host: string) => `GET /${"a".repeat(20_000)} HTTP/1.1\r\n${host}`,
      431,
      "HEAD_TOO_LARGE",
    ],
    ["another protocol", () => "\u0016\u0003\u0001\r\n\r\n", 400, "MALFORMED"],
    ["an unknown method", (host: string) => `FOO / HTTP/1.1\r\n${host}`, 400, "MALFORMED"],
    ["no Host header", () => "GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "MALFORMED"],
    [
      "two lengths",
      (host: string) => `POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n${host}`,
      400,
      "MALFORMED",
    ],
  ])("for %s is answered with JSON", async (_what, write, status, code) => {
    await using api = await startApi();
    const answer = await sendRaw(api, write(`Host: 127.0.0.1:${api.port}\r\nConnection: close\r\n\r\n`));
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, "u"));
    expect(head.toLowerCase()).toContain("content-type: application/json");
    expect(JSON.parse(body)).toMatchObject({ error: { code: `ARGUS_REQUEST_${code}` } });
  });

  it("does not write into an answer that is under way", async () => {
    await using api = await startApi();
    api.sources.subscribe = async function* ({ signal }) {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      yield* [];
    };
    const answer = await sendRaw(
      api,
      `GET /api/scrapes/stream HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\n\r\nGARBAGE\r\n\r\n`,
    );
    expect(answer).not.toContain("ARGUS_REQUEST");
  });

  it("expecting what nobody promised is answered as if it did not", async () => {
    await using api = await startApi();
    const answer = await sendRaw(
      api,
      `GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\nExpect: tea\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /u);
  });
});
