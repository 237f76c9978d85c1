import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

import type { LogFields } from "@argus/core";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";

import type { PoliteHttpOptions } from "./polite-http-options.ts";
import { createPoliteHttp } from "./polite-http.ts";
import type { Retry } from "./retries.ts";

const servers: Server[] = [];

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

function politeHttp(options: Partial<PoliteHttpOptions> = {}) {
  return createPoliteHttp({
    hosts: ["127.0.0.1"],
    userAgent: "argus-test/1.0",
    signal: new AbortController().signal,
    pageDelayMs: 0,
    backoffLimitMs: 1,
    retries: 2,
    ...options,
  });
}

/** Answers with each in turn, the last one for ever. */
function inTurn(...answers: ((response: ServerResponse, request: IncomingMessage) => void)[]) {
  let asked = 0;
  return {
    answer: ((request, response) => {
      answers[Math.min(asked, answers.length - 1)]?.(response, request);
      asked += 1;
    }) satisfies RequestListener,
    asked: () => asked,
  };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end("no");
const ok = (response: ServerResponse): void =>
  void response.writeHead(200, { "content-type": "application/json" }).end('{"n":1}');

function recordingLog() {
  const lines: { message: string; fields: LogFields }[] = [];
  const heard = Promise.withResolvers<void>();
  const write = (message: string, fields: LogFields = {}) => void lines.push({ message, fields });
  const warn = (message: string, fields: LogFields = {}) => {
    write(message, fields);
    heard.resolve();
  };
  return { lines, warned: heard.promise, log: { debug: write, info: write, warn, error: write } };
}

describe("what it reads", () => {
  it("reads JSON through the schema, text and HTML", async () => {
    const origin = await serve((request, response) =>
      request.url === "/page" ? response.end('<ul><li class="camera">One</li></ul>') : ok(response),
    );
    const http = politeHttp();
    expect(await http.json(origin, z.object({ n: z.number() }))).toEqual({ n: 1 });
    expect(await http.text(origin)).toBe('{"n":1}');
    expect((await http.html(`${origin}/page`)).querySelector(".camera")?.text).toBe("One");
  });

  it("sends query, headers and the host's user agent, which a source cannot replace", async () => {
    const seen: IncomingMessage[] = [];
    const origin = await serve((request, response) => {
      seen.push(request);
      ok(response);
    });
    await politeHttp().text(`${origin}/a?b=1`, {
      search: { page: 2, all: true },
      headers: { "digitraffic-user": "argus", "user-agent": "Mozilla/5.0" },
    });
    expect(seen[0]?.url).toBe("/a?b=1&page=2&all=true");
    expect(seen[0]?.headers).toMatchObject({ "digitraffic-user": "argus", "user-agent": "argus-test/1.0" });
  });

  it("says so when the answer is no JSON, or other JSON than the source reads", async () => {
    const origin = await serve((request, response) =>
      request.url === "/html" ? response.end("<!doctype html><title>Sorry</title>") : ok(response),
    );
    await expect(politeHttp().json(`${origin}/html`, z.unknown())).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
      message: expect.stringContaining('/html is not what this source reads: no JSON, it begins with "<!doctype html>'),
    });
    await expect(politeHttp().json(origin, z.array(z.unknown()))).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
      message: expect.stringContaining("expected array"),
    });
  });
});

describe("where it goes", () => {
  it("asks no undeclared host, and names it and the mend", async () => {
    await expect(politeHttp({ hosts: ["api.example"] }).text("http://127.0.0.1:9/x")).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HOST_UNDECLARED",
      message: expect.stringMatching(/host "127\.0\.0\.1" .* add "127\.0\.0\.1" to its hosts/u),
    });
  });

  it("follows a redirect within the declared hosts", async () => {
    const origin = await serve((request, response) =>
      request.url === "/new" ? ok(response) : response.writeHead(301, { location: "/new" }).end(),
    );
    expect(await politeHttp().text(origin)).toBe('{"n":1}');
  });

  it("does not follow a redirect to an undeclared host", async () => {
    let reached = false;
    const elsewhere = await serve((_, response) => {
      reached = true;
      ok(response);
    });
    const target = elsewhere.replace("127.0.0.1", "localhost");
    const origin = await serve((_, response) => response.writeHead(302, { location: target }).end());
    await expect(politeHttp().text(`${origin}/list?token=hunter2`)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HOST_UNDECLARED",
      message: expect.stringMatching(/host "localhost" .*token=\*\*\* redirects to it/u),
    });
    expect(reached).toBe(false);
  });

  it("does not follow a redirect to another scheme", async () => {
    const origin = await serve((_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end());
    await expect(politeHttp().text(origin)).rejects.toMatchObject({ code: expect.stringMatching(/^ARGUS_SOURCE_/u) });
  });

  it("gives up on a circle of redirects", async () => {
    const origin = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
    await expect(politeHttp().text(origin)).rejects.toMatchObject({ code: "ARGUS_SOURCE_REDIRECTS" });
  });

  it.each(["ftp://127.0.0.1/list", "file:///etc/passwd", "/list", "http://me:hunter2@127.0.0.1/"])(
    "refuses %s",
    async (url) => {
      const refusal = await politeHttp()
        .text(url)
        .catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: "ARGUS_SOURCE_URL_INVALID" });
      expect(String(refusal)).not.toContain("hunter2");
    },
  );
});

describe("when the origin fails", () => {
  it.each([408, 429, 500, 502, 503, 520])("asks again after %d", async (code) => {
    const { answer, asked } = inTurn(status(code), ok);
    expect(await politeHttp().text(await serve(answer))).toBe('{"n":1}');
    expect(asked()).toBe(2);
  });

  it.each([400, 401, 403, 404, 410])("does not ask again after %d", async (code) => {
    const { answer, asked } = inTurn(status(code), ok);
    await expect(politeHttp().text(await serve(answer))).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HTTP_STATUS",
      retryable: false,
      details: { status: code },
    });
    expect(asked()).toBe(1);
  });

  it("gives up after its retries, naming address, status and mend, and hiding the key", async () => {
    const { answer, asked } = inTurn(status(503));
    const origin = await serve(answer);
    const { log, lines } = recordingLog();
    const told: (Retry | null)[] = [];
    const failure = await politeHttp({ log, onRetry: (retry) => told.push(retry) })
      .text(`${origin}/list?app_key=hunter2`)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "ARGUS_SOURCE_HTTP_STATUS",
      retryable: true,
      message: `${origin}/list?app_key=*** answered 503; the origin is failing: scrape again later`,
    });
    expect((failure as Error).cause).toBeUndefined();
    expect(asked()).toBe(3);
    const { host } = new URL(origin);
    const second = { host, reason: "503", next: 2, most: 3, waitMs: expect.any(Number) };
    const third = { ...second, next: 3 };
    expect(told).toEqual([second, { ...second, waitMs: null }, third, { ...third, waitMs: null }, null]);
    expect(lines.map(({ message }) => message)).toContain(`waits 1 s before trying ${host} again: 503 (3 of 3)`);
    expect(JSON.stringify([lines, told])).not.toContain("hunter2");
  });

  it("asks again after a connection that broke, and after a body that was cut short", async () => {
    const { answer, asked } = inTurn(
      (response) => response.destroy(),
      (response) => {
        response.writeHead(200, { "content-length": 100 });
        response.write("{", () => response.destroy());
      },
      ok,
    );
    const told: (Retry | null)[] = [];
    const http = politeHttp({ onRetry: (retry) => told.push(retry) });
    expect(await http.text(await serve(answer))).toBe('{"n":1}');
    expect(asked()).toBe(3);
    expect(told[0]).toMatchObject({ reason: "it did not send its answer to the end" });
    expect(told.at(-1)).toBeNull();
  });

  it("names an origin that cannot be reached", async () => {
    const origin = await serve((_, response) => ok(response));
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    await expect(politeHttp().text(origin)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_UNREACHABLE",
      retryable: true,
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("gives up on an origin that takes too long", async () => {
    const origin = await serve(() => undefined);
    await expect(politeHttp({ retries: 0 }).text(origin, { timeoutMs: 20 })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_TIMEOUT",
      message: expect.stringContaining("did not answer within 20 ms"),
    });
  });
});

describe("how long it waits", () => {
  async function waitAfter(headers: Record<string, string>, options: Partial<PoliteHttpOptions> = {}): Promise<number> {
    const controller = new AbortController();
    const { log, lines, warned } = recordingLog();
    const origin = await serve(inTurn(status(429, headers)).answer);
    const reading = politeHttp({ log, signal: controller.signal, ...options }).text(origin);
    const ended = reading.catch((error: unknown) => error);
    await warned;
    controller.abort("enough");
    expect(await ended).toBe("enough");
    return Number(lines.find(({ message }) => message.startsWith("waits "))?.fields["wait_ms"]);
  }

  it("backs off, with jitter", async () => {
    const wait = await waitAfter({}, { backoffLimitMs: 30_000 });
    expect(wait).toBeGreaterThanOrEqual(1000);
    expect(wait).toBeLessThanOrEqual(1500);
  });

  it("waits as many seconds as Retry-After says, and stops waiting when it is cancelled", async () => {
    expect(await waitAfter({ "retry-after": "47" })).toBe(47_000);
  });

  it("waits until the date that Retry-After says", async () => {
    const wait = await waitAfter({ "retry-after": new Date(Date.now() + 40_000).toUTCString() });
    expect(wait).toBeGreaterThan(30_000);
    expect(wait).toBeLessThanOrEqual(40_000);
  });

  it("fails at once when Retry-After says more than it is willing to wait", async () => {
    const { answer, asked } = inTurn(status(429, { "retry-after": "3600" }));
    await expect(politeHttp().text(await serve(answer))).rejects.toMatchObject({
      retryable: true,
      message: expect.stringContaining("(Retry-After: 3600)"),
    });
    expect(asked()).toBe(1);
  });
});

describe("how fast it asks", () => {
  it("keeps the page delay between requests, retries and redirects alike", async () => {
    const starts: number[] = [];
    const { answer } = inTurn(status(503), status(302, { location: "/moved" }), ok);
    const origin = await serve((request, response) => {
      starts.push(performance.now());
      answer(request, response);
    });
    const http = politeHttp({ pageDelayMs: 40 });
    await Promise.all([http.text(`${origin}/1`), http.text(`${origin}/2`)]);
    expect(starts).toHaveLength(4);
    // Counted from the first, which may itself arrive a little late.
    starts.forEach((start, index) => expect(start - starts[0]!).toBeGreaterThan(index * 40 - 15));
  });
});

describe("how much it takes", () => {
  it("counts what comes out of the decompressor, and stops while it comes", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const origin = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(politeHttp().text(origin, { maxBytes: 100_000 })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_TOO_LARGE",
      message: expect.stringContaining("more than 100000 bytes"),
    });
  });

  it("stops a body without an end, whatever its status", async () => {
    const origin = await serve((request, response) => {
      const more = (): void =>
        void (response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once("drain", more));
      response.writeHead(request.url === "/broken" ? 500 : 200);
      more();
    });
    for (const path of ["/", "/broken"]) {
      await expect(politeHttp({ maxBytes: 1_000_000 }).text(origin + path)).rejects.toMatchObject({
        code: "ARGUS_SOURCE_TOO_LARGE",
      });
    }
  });

  it("takes a body of exactly the limit", async () => {
    const origin = await serve((_, response) => response.end("12345"));
    expect(await politeHttp().text(origin, { maxBytes: 5 })).toBe("12345");
    await expect(politeHttp().text(origin, { maxBytes: 4 })).rejects.toMatchObject({ code: "ARGUS_SOURCE_TOO_LARGE" });
  });

  it("asks for as many at a time as it may, though the source asks for all at once", async () => {
    let most = 0;
    const open = new Set<ServerResponse>();
    const origin = await serve((_, response) => {
      open.add(response);
      most = Math.max(most, open.size);
      if (open.size < 2) return;
      // Time for a third to come, if the gate let it.
      setTimeout(() => {
        for (const held of open) ok(held);
        open.clear();
      }, 5);
    });
    const http = politeHttp();
    await Promise.all(Array.from({ length: 12 }, (_, page) => http.text(origin, { search: { page } })));
    expect(most).toBe(2);
  });
});

describe("when it is cancelled", () => {
  it("ends with the signal's reason, hangs up, and lets nobody in who waits for a slot", async () => {
    const controller = new AbortController();
    const arrived = Promise.withResolvers<IncomingMessage>();
    let requests = 0;
    const origin = await serve((request) => {
      requests += 1;
      arrived.resolve(request);
    });
    const http = politeHttp({ signal: controller.signal, perHostConcurrency: 1 });
    const all = Promise.allSettled([http.text(origin), http.text(origin), http.text(origin)]);
    const { socket } = await arrived.promise;
    const hungUp = once(socket, "close");
    const reason = new Error("cancelled by the test");
    controller.abort(reason);
    expect(await all).toEqual(Array.from({ length: 3 }, () => ({ status: "rejected", reason })));
    await hungUp;
    expect(requests).toBe(1);
  });

  it("ends with the signal's reason in the middle of a body, also when that reason is a timeout", async () => {
    const reason = new DOMException("the scrape's time is up", "TimeoutError");
    const controller = new AbortController();
    const origin = await serve((_, response) => {
      response.write("[", () => controller.abort(reason));
    });
    await expect(politeHttp({ signal: controller.signal }).text(origin)).rejects.toBe(reason);
  });

  it("asks nothing when it was cancelled before", async () => {
    const { answer, asked } = inTurn(ok);
    const origin = await serve(answer);
    await expect(politeHttp({ signal: AbortSignal.abort("before") }).text(origin)).rejects.toBe("before");
    expect(asked()).toBe(0);
  });
});
