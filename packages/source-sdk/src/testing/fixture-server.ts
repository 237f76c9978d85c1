import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { type Fixture, loadFixture, type LoadedFixture, matches } from "./fixtures.ts";

/** How the origin misbehaves: on the first request for each answer, or on every request. */
export type Fault = "none" | "busy-once" | "failing" | "malformed" | "truncated" | "empty" | "hanging";

/** A real HTTP server on loopback that answers with the fixtures. */
export type FixtureServer = AsyncDisposable & {
  /** What `options.base_url` is set to, without a trailing slash. */
  readonly url: string;
  /** Paths and queries asked for, in order. */
  readonly requests: readonly string[];
  /** Requests that no fixture answers. */
  readonly unmatched: readonly string[];
  /** Fixtures that nobody asked for. */
  unused(): Fixture[];
  /** Resolves when the next request has arrived. */
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
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
    requests.push(url.pathname + url.search);
    const found = loaded.find(({ fixture }) => matches(fixture, url));
    if (found === undefined) {
      unmatched.push(url.pathname + url.search);
      response.writeHead(404).end("no fixture answers this");
      return;
    }
    const first = !used.has(found);
    used.add(found);
    answer(response, found, options.fault === "busy-once" && !first ? "none" : (options.fault ?? "none"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    unmatched,
    unused: () => loaded.filter((one) => !used.has(one)).map(({ fixture }) => fixture),
    nextRequest: async () => ((await once(server, "request")) as [IncomingMessage])[0],
    [Symbol.asyncDispose]: () => close(server),
  };
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
