import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { type Fixture, type FixtureRequest, loadFixture, type LoadedFixture, matches } from "./fixtures.ts";
import { FIXTURE_HOST, FIXTURE_HTTP } from "./reroute.ts";

const ROBOTS = "/robots.txt";
const MAX_REQUEST_BODY = 4 * 1024 * 1024;

/** How the origin misbehaves: on the first request for each answer, or on every request. */
export type Fault = "none" | "busy-once" | "failing" | "malformed" | "truncated" | "empty" | "hanging";

/** A real HTTP server on loopback that answers with the fixtures. */
export type FixtureServer = AsyncDisposable & {
  /** What `options.base_url` is set to, without a trailing slash. */
  readonly url: string;
  /** Paths and queries asked for, in order; a POST is named as such. Robots.txt counts only where a fixture has it. */
  readonly requests: readonly string[];
  /** Requests that no fixture answers. */
  readonly unmatched: readonly string[];
  /** Requests that did not come from the `ctx.http` of a source which is run with `rerouteTo`. */
  readonly foreign: readonly string[];
  /** Fixtures that nobody asked for. */
  unused(): Fixture[];
  /** Resolves when the next request has arrived that counts. */
  nextRequest(): Promise<IncomingMessage>;
};

/** Serves fixtures on a free loopback port until disposed. */
export async function serveFixtures(
  fixtures: readonly Fixture[],
  options: { fault?: Fault } = {},
): Promise<FixtureServer> {
  const loaded = await Promise.all(fixtures.map(loadFixture));
  const used = new Set<LoadedFixture>();
  const requests: string[] = [];
  const unmatched: string[] = [];
  const foreign: string[] = [];
  const waiting = new Set<(request: IncomingMessage) => void>();
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await requestOf(request);
    const found = loaded.find(({ fixture }) => matches(fixture, asked));
    if (found === undefined && asked.url.pathname === ROBOTS) return void response.writeHead(404).end();
    const name = `${asked.method === "GET" ? "" : `${asked.method} `}${asked.url.pathname}${asked.url.search}`;
    requests.push(name);
    // Robots.txt is asked for by ctx.http itself.
    if (request.headers[FIXTURE_HTTP] === undefined && asked.url.pathname !== ROBOTS) foreign.push(name);
    for (const arrived of waiting) arrived(request);
    waiting.clear();
    if (found === undefined) {
      unmatched.push(name);
      return void response.writeHead(404).end("no fixture answers this");
    }
    const first = !used.has(found);
    used.add(found);
    answer(response, found, options.fault === "busy-once" && !first ? "none" : (options.fault ?? "none"));
  };
  const server = createServer((request, response) => {
    // A client that hangs up in the middle of its request.
    receive(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    unmatched,
    foreign,
    unused: () => loaded.filter((one) => !used.has(one)).map(({ fixture }) => fixture),
    nextRequest: () => new Promise((resolve) => waiting.add(resolve)),
    [Symbol.asyncDispose]: () => close(server),
  };
}

async function requestOf(request: IncomingMessage): Promise<FixtureRequest> {
  const meant = request.headers[FIXTURE_HOST];
  const origin = typeof meant === "string" ? `https://${meant}` : `http://${request.headers.host ?? "localhost"}`;
  const url = new URL(request.url ?? "/", origin);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BODY) throw new Error("the request's body is too large for a fixture");
    chunks.push(chunk);
  }
  return { url, method: request.method ?? "GET", body: Buffer.concat(chunks).toString() };
}

function answer(response: ServerResponse, found: LoadedFixture, fault: Fault): void {
  switch (fault) {
    case "hanging":
      return;
    case "busy-once":
      response.writeHead(429, { "retry-after": "0" }).end("slow down");
      return;
    case "failing":
      response.writeHead(500).end("out of order");
      return;
    case "malformed":
      response.writeHead(200, found.headers).end('{"rows": [{"id": <');
      return;
    case "truncated":
      // The whole length is promised, half of it sent.
      response.writeHead(200, { ...found.headers, "content-length": found.body.length + 1 });
      response.write(found.body.subarray(0, found.body.length / 2), () => response.destroy());
      return;
    case "empty":
      response.writeHead(200, found.headers).end(found.emptyBody);
      return;
    case "none":
      response.writeHead(found.status, found.headers).end(found.body);
  }
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, "close");
}
