import { gzipSync } from "node:zlib";

import { afterEach, describe, expect, it, vi } from "vitest";

import { Egress, type EgressOptions } from "./egress.ts";
import type { Resolve } from "./guarded-agent.ts";
import { systemTimer } from "./timer.ts";
import { CameraServer, type Route } from "./testing/camera-server.ts";
import { ManualTime } from "./testing/manual-time.ts";

const stack = new AsyncDisposableStack();
let current = stack;
const open = <T extends AsyncDisposable>(resource: T): T => current.use(resource);
afterEach(async () => {
  await current.disposeAsync();
  current = new AsyncDisposableStack();
});

const LIMITS = { connectMs: 5000, answerMs: 5000, idleMs: 5000, bytesPerSecond: 100_000_000 };
const egressWith = (options: Partial<EgressOptions> = {}): Egress =>
  open(
    new Egress({
      allow: ["127.0.0.1/32"],
      origins: () => new Map(),
      userAgent: "Argus/test",
      limits: LIMITS,
      clock: Date.now,
      timer: systemTimer,
      ...options,
    }),
  );
const serve = async (routes: Record<string, Route>): Promise<CameraServer> => open(await CameraServer.start(routes));
const redirect =
  (to: string, status = 302): Route =>
  (_, response) =>
    void response.writeHead(status, { location: to }).end("moved");
const signal = (): AbortSignal => new AbortController().signal;

async function read(egress: Egress, url: string): Promise<string> {
  const answer = await egress.open(url, { signal: signal() });
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return `${answer.status} ${Buffer.concat(chunks).toString()}`;
}

const resolving = (names: Record<string, readonly string[]>) => {
  const resolve = vi.fn<Resolve>(async (name) => {
    const addresses = names[name];
    if (addresses === undefined) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" });
    return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  });
  return resolve;
};

describe("where Argus connects to", () => {
  it("refuses a literal private address and names the mend, without asking it anything", async () => {
    const camera = await serve({});
    await expect(read(egressWith({ allow: [] }), camera.url("/x?key=secret"))).rejects.toMatchObject({
      code: "ARGUS_STREAM_BLOCKED",
      retryable: false,
      message: expect.stringMatching(/127\.0\.0\.1.*"127\.0\.0\.1".*\[egress\]/u),
    });
    expect(camera.sockets.size).toBe(0);
    expect(camera.requests).toEqual([]);
  });

  it.each([
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.0.1./",
    "https://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
  ])("refuses %s however the address is written", async (url) => {
    await expect(read(egressWith({ allow: [] }), url)).rejects.toMatchObject({ code: "ARGUS_STREAM_BLOCKED" });
  });

  it("refuses a name that leads to a private address", async () => {
    const resolve = resolving({ "cam.example": ["10.0.0.5", "192.168.0.1"] });
    await expect(read(egressWith({ resolve }), "http://cam.example/")).rejects.toMatchObject({
      code: "ARGUS_STREAM_BLOCKED",
      message: expect.stringMatching(/cam\.example leads to 10\.0\.0\.5/u),
    });
  });

  it("connects only to the permitted among a name's addresses", async () => {
    const camera = await serve({ "/": (_, response) => void response.end("hello") });
    const resolve = resolving({ "cam.example": ["10.0.0.5", "::1", "127.0.0.1"] });
    expect(await read(egressWith({ resolve }), camera.url("/", "cam.example"))).toBe("200 hello");
  });

  it("connects to the address it checked, though the name has another by then", async () => {
    const camera = await serve({ "/": (_, response) => void response.end("hello") });
    const answers = [["127.0.0.1"], ["10.0.0.5"]];
    const resolve = vi.fn<Resolve>(async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 })));
    const egress = egressWith({ resolve });
    expect(await read(egress, camera.url("/", "cam.example"))).toBe("200 hello");
    expect(resolve).toHaveBeenCalledTimes(1);
    // The next request is resolved and judged anew; no open socket is used again.
    await expect(read(egress, camera.url("/", "cam.example"))).rejects.toMatchObject({ code: "ARGUS_STREAM_BLOCKED" });
  });

  it("says that a name cannot be resolved, and that a port refuses", async () => {
    await expect(
      read(egressWith({ resolve: resolving({}) }), "http://nowhere.example/x?token=1"),
    ).rejects.toMatchObject({
      code: "ARGUS_STREAM_UNREACHABLE",
      retryable: true,
      message: expect.stringMatching(/^nowhere\.example has no address(?!.*token)/u),
    });
    const gone = await CameraServer.start();
    const url = gone.url("/");
    await gone[Symbol.asyncDispose]();
    await expect(read(egressWith(), url)).rejects.toMatchObject({
      code: "ARGUS_STREAM_UNREACHABLE",
      message: expect.stringContaining("refused"),
    });
  });
});

describe("redirects", () => {
  it("are followed up to five", async () => {
    const routes: Record<string, Route> = { "/0": (_, response) => void response.end("there") };
    for (let left = 1; left <= 6; left += 1) routes[`/${left}`] = redirect(`/${left - 1}`, left % 2 === 0 ? 301 : 307);
    const camera = await serve(routes);
    expect(await read(egressWith(), camera.url("/5"))).toBe("200 there");
    await expect(read(egressWith(), camera.url("/6"))).rejects.toMatchObject({
      code: "ARGUS_STREAM_STATUS",
      retryable: false,
    });
  });

  it.each([
    ["a private address", "http://10.0.0.1/", /10\.0\.0\.1/u],
    ["the metadata address", "http://169.254.169.254/", /169\.254\.169\.254/u],
    ["another protocol", "ftp://cam.example/", /ftp:/u],
    ["a file", "file:///etc/passwd", /file:/u],
    ["a URL with credentials", "http://admin:secret@cam.example/", /user name/u],
    ["no URL", "http://", /no URL/u],
  ])("to %s are refused", async (_, to, message) => {
    const camera = await serve({ "/": redirect(to) });
    const resolve = vi.fn<Resolve>(async () => []);
    const error: unknown = await read(egressWith({ resolve }), camera.url("/")).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "ARGUS_STREAM_BLOCKED", message: expect.stringMatching(message) });
    expect(String(error)).not.toContain("secret");
    expect(resolve).not.toHaveBeenCalled();
  });

  it("with a body without end are not read to it", async () => {
    const camera = await serve({
      "/": (_, response) => void response.writeHead(302, { location: "/next" }).write("moved"),
      "/next": (_, response) => void response.end("there"),
    });
    expect(await read(egressWith(), camera.url("/"))).toBe("200 there");
    await camera.deserted();
  });

  it("without a target are an error", async () => {
    const camera = await serve({ "/": (_, response) => void response.writeHead(302).end() });
    await expect(read(egressWith(), camera.url("/"))).rejects.toMatchObject({ code: "ARGUS_STREAM_STATUS" });
  });

  it("carry neither cookies nor credentials, and the same user agent", async () => {
    const camera = await serve({
      "/": (_, response) => void response.writeHead(302, { location: "/next", "set-cookie": "id=1" }).end(),
      "/next": (_, response) => void response.end("ok"),
    });
    await read(egressWith(), camera.url("/"));
    for (const { headers } of camera.requests) {
      expect(headers).toMatchObject({ "user-agent": "Argus/test", "accept-encoding": "identity" });
      expect(headers).not.toHaveProperty("cookie");
      expect(headers).not.toHaveProperty("authorization");
    }
    expect(camera.requests).toHaveLength(2);
  });
});

describe("bounds", () => {
  it("ends a camera that sends its headers too slowly", async () => {
    const time = new ManualTime();
    const camera = await serve({});
    camera.route("/", (request) => void request.socket.write("HTTP/1.1 200 OK\r\nX-Slow: "));
    const asked = camera.asked();
    const reading = read(egressWith({ timer: time.timer }), camera.url("/"));
    await asked;
    time.advance(LIMITS.answerMs);
    await expect(reading).rejects.toMatchObject({ code: "ARGUS_STREAM_TIMEOUT", retryable: true });
    await camera.deserted();
  });

  it("ends a camera that falls silent", async () => {
    const time = new ManualTime();
    const camera = await serve({ "/": (_, response) => void response.write("first") });
    const answer = await egressWith({ timer: time.timer }).open(camera.url("/"), { signal: signal() });
    const body = answer.body[Symbol.asyncIterator]();
    await body.next();
    const second = body.next();
    await time.until(LIMITS.idleMs);
    time.advance(LIMITS.idleMs);
    await expect(second).rejects.toMatchObject({ code: "ARGUS_STREAM_TIMEOUT" });
    await camera.deserted();
  });

  it("decompresses no more than is read", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const camera = await serve({
      "/": (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    });
    const answer = await egressWith().open(camera.url("/"), { signal: signal() });
    let largest = 0;
    let total = 0;
    for await (const chunk of answer.body) {
      largest = Math.max(largest, chunk.length);
      total += chunk.length;
      if (total > 1024 * 1024) break;
    }
    expect(largest).toBeLessThanOrEqual(1024 * 1024);
    await camera.deserted();
  });

  it("reads no faster than a second's worth in a second", async () => {
    const time = new ManualTime();
    const camera = await serve({ "/": (_, response) => void response.end(Buffer.alloc(3_000_000)) });
    const egress = egressWith({
      clock: time.clock,
      timer: time.timer,
      limits: { ...LIMITS, bytesPerSecond: 1_000_000 },
    });
    const answer = await egress.open(camera.url("/"), { signal: signal() });
    let total = 0;
    const reading = (async () => {
      for await (const chunk of answer.body) total += chunk.length;
    })();
    for (const most of [1_100_000, 2_200_000]) {
      await time.until(1000);
      expect(total).toBeLessThan(most);
      time.advance(1000);
    }
    await reading;
    expect(total).toBe(3_000_000);
  });

  it("names a broken compression", async () => {
    const camera = await serve({
      "/": (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end("not gzip at all"),
    });
    await expect(read(egressWith(), camera.url("/"))).rejects.toMatchObject({
      code: "ARGUS_STREAM_UNREACHABLE",
      message: expect.stringContaining("decompressed"),
    });
  });

  it.each([
    ["before the answer", false],
    ["within the body", true],
  ])("an abort %s closes the socket and rejects with its reason", async (_, answered) => {
    const camera = await serve({ "/": (_request, response) => void (answered && response.write("x")) });
    const controller = new AbortController();
    const asked = camera.asked();
    const opening = egressWith().open(camera.url("/"), { signal: controller.signal });
    await asked;
    const reason = new Error("the viewer left");
    const work = answered
      ? opening.then(async ({ body }) => {
          for await (const chunk of body) if (chunk.length > 0) controller.abort(reason);
        })
      : opening;
    if (!answered) controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    await camera.deserted();
  });

  it("ends what is open when it is disposed", async () => {
    const camera = await serve({ "/": (_, response) => void response.write("x") });
    const egress = egressWith();
    const answer = await egress.open(camera.url("/"), { signal: signal() });
    await egress[Symbol.asyncDispose]();
    await expect(answer.body[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "ARGUS_STREAM_CLOSED" });
    await camera.deserted();
    await expect(egress.open(camera.url("/"), { signal: signal() })).rejects.toMatchObject({
      code: "ARGUS_STREAM_CLOSED",
    });
  });
});

describe("origins inside the process", () => {
  const originOf = (host: string, handle: (request: Request) => Promise<Response>) => () => new Map([[host, handle]]);

  it("answer for their host without any name being resolved", async () => {
    const resolve = vi.fn<Resolve>(async () => []);
    const origins = originOf(
      "demo.argus.invalid",
      async (request) =>
        new Response(`${request.method} ${new URL(request.url).pathname} ${request.headers.get("user-agent")}`),
    );
    expect(await read(egressWith({ resolve, origins }), "http://demo.argus.invalid/cameras/1/snapshot.jpg")).toBe(
      "200 GET /cameras/1/snapshot.jpg Argus/test",
    );
    expect(resolve).not.toHaveBeenCalled();
  });

  it("are the only ones under .invalid", async () => {
    const resolve = vi.fn<Resolve>(async () => []);
    for (const host of ["gone.argus.invalid", "gone.argus.invalid.", "invalid"]) {
      await expect(read(egressWith({ resolve }), `http://${host}/`)).rejects.toMatchObject({
        code: "ARGUS_STREAM_UNREACHABLE",
        retryable: false,
      });
    }
    expect(resolve).not.toHaveBeenCalled();
  });

  it("may redirect to the network, where the address is judged", async () => {
    const origins = originOf(
      "demo.argus.invalid",
      async () => new Response(null, { status: 302, headers: { location: "http://10.0.0.1/" } }),
    );
    await expect(read(egressWith({ origins }), "http://demo.argus.invalid/")).rejects.toMatchObject({
      code: "ARGUS_STREAM_BLOCKED",
    });
  });

  it("are told when the viewer leaves", async () => {
    const told = Promise.withResolvers<void>();
    const controller = new AbortController();
    const origins = originOf("demo.argus.invalid", async (request) => {
      request.signal.addEventListener("abort", () => told.resolve());
      return new Response(new ReadableStream({ pull: (body) => body.enqueue(new Uint8Array(3)) }));
    });
    const answer = await egressWith({ origins }).open("http://demo.argus.invalid/", { signal: controller.signal });
    const reading = (async () => {
      for await (const chunk of answer.body) if (chunk.length > 0) controller.abort(new Error("left"));
    })();
    await expect(reading).rejects.toThrow("left");
    await told.promise;
  });

  it("may throw, break off and hang without harm", async () => {
    const time = new ManualTime();
    const fails = originOf("a.invalid", async () => {
      throw new Error("no pictures");
    });
    await expect(read(egressWith({ origins: fails }), "http://a.invalid/")).rejects.toMatchObject({
      code: "ARGUS_STREAM_UNREACHABLE",
      message: expect.stringContaining("no pictures"),
    });
    const breaks = originOf(
      "a.invalid",
      async () => new Response(new ReadableStream({ pull: (body) => body.error(new Error("torn")) })),
    );
    await expect(read(egressWith({ origins: breaks }), "http://a.invalid/")).rejects.toMatchObject({
      code: "ARGUS_STREAM_UNREACHABLE",
    });
    const hangs = originOf("a.invalid", () => new Promise(() => undefined));
    const reading = read(egressWith({ origins: hangs, timer: time.timer }), "http://a.invalid/");
    time.advance(LIMITS.answerMs);
    await expect(reading).rejects.toMatchObject({ code: "ARGUS_STREAM_TIMEOUT" });
  });
});
