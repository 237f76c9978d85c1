import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";

import { type CachedAnswer, type HttpCache, memoryHttpCache } from "./http-cache.ts";
import type { TransportRequest } from "./http-transport.ts";
import { createPoliteHttp } from "./polite-http.ts";
import type { PoliteHttpOptions } from "./polite-http-options.ts";
import { createHttpTransport } from "./polite-transport.ts";

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

function options(changes: Partial<PoliteHttpOptions> = {}): PoliteHttpOptions {
  return {
    hosts: ["127.0.0.1"],
    userAgent: "argus-test/1.0 (+https://cameras.example)",
    signal: new AbortController().signal,
    pageDelayMs: 0,
    backoffLimitMs: 1,
    retries: 1,
    ...changes,
  };
}

const request = (url: string, changes: object = {}): TransportRequest => ({
  url,
  method: "GET",
  headers: {},
  body: null,
  robots: false,
  ...changes,
});

describe("a query by POST", () => {
  it("arrives with its body, and again after it failed", async () => {
    const bodies: string[] = [];
    const origin = await serve((asked, response) => {
      void text(asked).then((body) => {
        bodies.push(`${asked.method} ${asked.headers["content-type"]} ${body}`);
        response.writeHead(bodies.length === 1 ? 503 : 200).end("{}");
      });
    });
    await createPoliteHttp(options()).json(origin, z.object({}), { body: { json: { a: 1 } } });
    expect(bodies).toEqual(Array(2).fill('POST application/json {"a":1}'));
  });
});

describe("what comes from a source's process", () => {
  it.each<[string, object, string]>([
    ["another method", { method: "DELETE" }, "neither GET nor POST"],
    ["a GET with a body", { body: Buffer.from("a") }, "a GET carries no body"],
    ["a body that is no bytes", { method: "POST", body: "text" }, "no bytes"],
    ["a body of two megabytes", { method: "POST", body: Buffer.alloc(2_000_000) }, "more than 1048576 bytes"],
  ])("is refused when it is %s", async (_, change, problem) => {
    const transport = createHttpTransport(options());
    await expect(transport.fetch(request("http://127.0.0.1:9/", change))).rejects.toMatchObject({
      code: "ARGUS_SOURCE_REQUEST_INVALID",
      message: expect.stringContaining(problem),
    });
  });

  it("cannot name another host, user agent or way of sending", async () => {
    const seen: IncomingMessage[] = [];
    const origin = await serve((asked, response) => {
      seen.push(asked);
      response.end("{}");
    });
    const headers = {
      Host: "evil.example",
      "User-Agent": "x",
      "Content-Length": "9",
      "X-Forwarded-For": "1.2.3.4",
      "X-Api-Key": "k",
    };
    await createHttpTransport(options()).fetch(request(origin, { headers, maxBytes: Number.NaN, timeoutMs: -1 }));
    expect(seen[0]?.headers).toMatchObject({
      host: new URL(origin).host,
      "user-agent": options().userAgent,
      "x-api-key": "k",
    });
    expect(seen[0]?.headers).not.toHaveProperty("x-forwarded-for");
    expect(seen[0]?.headers).not.toHaveProperty("content-length");
  });

  it("gets a whole answer as plain data, without cookies", async () => {
    const origin = await serve((asked, response) =>
      asked.url === "/new"
        ? response.writeHead(200, { "content-type": "text/csv", "set-cookie": "a=1" }).end("a,b")
        : response.writeHead(302, { location: "/new" }).end(),
    );
    const answer = await createHttpTransport(options()).fetch(request(origin));
    expect(answer).toMatchObject({ url: `${origin}/new`, status: 200, headers: { "content-type": "text/csv" } });
    expect(answer.headers).not.toHaveProperty("set-cookie");
    expect(structuredClone(answer).body).toEqual(new Uint8Array(Buffer.from("a,b")));
  });
});

describe("conditional requests", () => {
  /** An origin that has one version, and says so. */
  async function versioned(headers: Record<string, string>) {
    const asked: IncomingMessage[] = [];
    const origin = await serve((asking, response) => {
      asked.push(asking);
      const known = asking.headers["if-none-match"] ?? asking.headers["if-modified-since"];
      if (known !== undefined) response.writeHead(304).end();
      else
        response
          .writeHead(200, { "content-type": "text/plain; charset=latin1", ...headers })
          .end(Buffer.from("Zürich", "latin1"));
    });
    return { origin, asked };
  }
  const MODIFIED = "Sat, 21 Nov 2026 09:00:00 GMT";

  it.each<[string, Record<string, string>, string]>([
    ["an ETag", { etag: 'W/"1"' }, "if-none-match"],
    ["a date", { "last-modified": MODIFIED }, "if-modified-since"],
  ])("ask with %s, and answer with what was kept when nothing changed", async (_, headers, name) => {
    const { origin, asked } = await versioned(headers);
    const cache = memoryHttpCache();
    for (let run = 0; run < 2; run += 1) expect(await createPoliteHttp(options({ cache })).text(origin)).toBe("Zürich");
    expect(asked.map((one) => one.headers[name])).toEqual([undefined, Object.values(headers)[0]]);
  });

  it.each<[string, Record<string, string>]>([
    ["gave no mark", {}],
    ["wants nothing kept", { etag: "1", "cache-control": "private, no-store" }],
  ])("are not made of an origin that %s", async (_, headers) => {
    const { origin, asked } = await versioned(headers);
    const cache = memoryHttpCache();
    for (let run = 0; run < 2; run += 1) await createPoliteHttp(options({ cache })).text(origin);
    expect(asked.map((one) => one.headers["if-none-match"])).toEqual([undefined, undefined]);
  });

  it("keep answers apart that were asked for with other headers", async () => {
    const { origin, asked } = await versioned({ etag: "1" });
    const http = createPoliteHttp(options({ cache: memoryHttpCache() }));
    await http.text(origin, { headers: { accept: "application/json" } });
    await http.text(origin, { headers: { accept: "application/xml" } });
    expect(asked.map((one) => one.headers["if-none-match"])).toEqual([undefined, undefined]);
  });

  it("show the cache no address and no key", async () => {
    const { origin } = await versioned({ etag: "1" });
    const keys: string[] = [];
    const cache: HttpCache = { get: (key) => (keys.push(key), null), set: (key) => void keys.push(key) };
    await createPoliteHttp(options({ cache })).text(`${origin}/?key=hunter2`);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/u);
  });

  it("do without a cache that is broken", async () => {
    const { origin } = await versioned({ etag: "1" });
    const broken = (): never => {
      throw new Error("disk full");
    };
    expect(await createPoliteHttp(options({ cache: { get: broken, set: broken } })).text(origin)).toBe("Zürich");
  });

  it("do not take a 304 that nobody asked for", async () => {
    const origin = await serve((_, response) => response.writeHead(304).end());
    await expect(createPoliteHttp(options()).text(origin)).rejects.toMatchObject({ details: { status: 304 } });
  });
});

describe("memoryHttpCache", () => {
  const answer = (size: number): CachedAnswer => ({
    etag: "1",
    last_modified: null,
    content_type: null,
    body: new Uint8Array(size),
  });

  it("drops what was not used for longest, by bytes and by number", async () => {
    const cache = memoryHttpCache({ maxBytes: 10, maxEntries: 3 });
    await cache.set("a", answer(4));
    await cache.set("b", answer(4));
    await cache.get("a");
    await cache.set("c", answer(4));
    expect(["a", "b", "c"].map((key) => cache.get(key) !== null)).toEqual([true, false, true]);
    for (const key of ["d", "e", "f"]) await cache.set(key, answer(0));
    expect(["a", "c", "d", "e", "f"].map((key) => cache.get(key) !== null)).toEqual([false, false, true, true, true]);
  });

  it("keeps nothing that is larger than all it may hold, and counts what is replaced once", async () => {
    const cache = memoryHttpCache({ maxBytes: 10 });
    await cache.set("a", answer(11));
    expect(cache.get("a")).toBeNull();
    for (let time = 0; time < 5; time += 1) await cache.set("b", answer(6));
    await cache.set("c", answer(4));
    expect(cache.get("b")).not.toBeNull();
  });
});

describe("robots.txt", () => {
  async function origin(robots: string | number, asked: string[] = []): Promise<string> {
    return await serve((asking, response) => {
      asked.push(asking.url ?? "");
      if (asking.url !== "/robots.txt") response.end("<p>page</p>");
      else if (typeof robots === "number") response.writeHead(robots).end();
      else response.end(robots);
    });
  }

  it("is asked once for all pages, and not for what is meant for programs", async () => {
    const asked: string[] = [];
    const url = await origin("User-agent: *\nDisallow: /private", asked);
    const http = createPoliteHttp(options());
    await http.text(`${url}/private`);
    expect(asked).toEqual(["/private"]);
    await Promise.all([http.html(`${url}/1`), http.html(`${url}/2`)]);
    expect(asked.filter((path) => path === "/robots.txt")).toHaveLength(1);
  });

  it("keeps away from what it forbids, and names address and rule", async () => {
    const asked: string[] = [];
    const url = await origin("# ours\nUser-agent: *\nDisallow: /private/ # please\nAllow: /private/open", asked);
    const http = createPoliteHttp(options());
    await expect(http.html(`${url}/private/1?key=hunter2`)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_ROBOTS",
      retryable: false,
      message: expect.stringContaining(
        `${url}/private/1?key=*** must not be read by programs: ${url}/robots.txt says "Disallow: /private/ # please"`,
      ),
    });
    expect(asked).toEqual(["/robots.txt"]);
    expect((await http.html(`${url}/private/open`)).text).toBe("page");
  });

  it("goes by the group that names us", async () => {
    const url = await origin("User-agent: argus-test\nDisallow: /\n\nUser-agent: *\nAllow: /");
    await expect(createPoliteHttp(options()).html(`${url}/1`)).rejects.toMatchObject({ code: "ARGUS_SOURCE_ROBOTS" });
    const other = createPoliteHttp(options({ userAgent: "other/1.0" }));
    expect((await other.html(`${url}/1`)).text).toBe("page");
  });

  it.each([404, 403, 401])("allows everything where there is none (%d)", async (status) => {
    expect((await createPoliteHttp(options()).html(`${await origin(status)}/1`)).text).toBe("page");
  });

  it("allows nothing while it cannot be read", async () => {
    const asked: string[] = [];
    const url = await origin(500, asked);
    await expect(createPoliteHttp(options()).html(`${url}/1`)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HTTP_STATUS",
      retryable: true,
      message: expect.stringContaining(`${url}/robots.txt answered 500`),
    });
    expect(asked).not.toContain("/1");
  });

  it("allows everything where it leads to a host that is not declared", async () => {
    const url = await serve((asking, response) =>
      asking.url === "/robots.txt"
        ? response.writeHead(301, { location: "http://other.example/robots.txt" }).end()
        : response.end("<p>page</p>"),
    );
    expect((await createPoliteHttp(options()).html(`${url}/1`)).text).toBe("page");
  });

  it("slows down as its Crawl-delay asks", async () => {
    const starts: number[] = [];
    const url = await serve((asking, response) => {
      starts.push(performance.now());
      response.end(asking.url === "/robots.txt" ? "User-agent: *\nCrawl-delay: 0.1" : "<p>page</p>");
    });
    const http = createPoliteHttp(options());
    await http.html(`${url}/1`);
    await http.html(`${url}/2`);
    expect(starts).toHaveLength(3);
    starts.forEach((start, index) => expect(start - starts[0]!).toBeGreaterThan(index * 100 - 15));
  });
});
