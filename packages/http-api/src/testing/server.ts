import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { createApiServer } from "../api-server.ts";
import { createHttpApi } from "../app.ts";
import type { HttpApiOptions } from "../options.ts";
import { FakeSources, FakeStore, FakeStreams } from "./fakes.ts";

export type TestApi = AsyncDisposable & {
  url: string;
  port: number;
  store: FakeStore;
  sources: FakeSources;
  streams: FakeStreams;
  /** What the server stops with. */
  stop: AbortController;
  errors: string[];
};

/** The API with fakes behind it, on a free loopback port. */
export async function startApi(options: Partial<HttpApiOptions> = {}): Promise<TestApi> {
  const server = createApiServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const parts = {
    store: new FakeStore(),
    sources: new FakeSources(),
    streams: new FakeStreams(),
    stop: new AbortController(),
  };
  const errors: string[] = [];
  const error = (message: string, fields?: object): void => void errors.push(`${message} ${JSON.stringify(fields)}`);
  const ignore = (): void => undefined;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const log = { debug: ignore, info: ignore, warn: ignore, error };
  server.on(
    "request",
    createHttpApi({ ...parts, signal: parts.stop.signal, version: "1.2.3", access: { hosts }, log, ...options }),
  );
  return { url: `http://127.0.0.1:${port}`, port, ...parts, errors, [Symbol.asyncDispose]: () => close(server) };
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

/** The answer's head with its body still to come; unlike `fetch` it sends whatever headers and path it is told. */
export async function open(
  api: TestApi,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<IncomingMessage> {
  const { method = "GET", headers = {}, body } = init;
  // A connection of its own, so that a test that cuts one cuts no other's.
  const request = httpRequest({ host: "127.0.0.1", port: api.port, path, method, headers, agent: false });
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

export type Answered = { status: number; headers: IncomingHttpHeaders; body: string };

export async function ask(api: TestApi, path: string, init?: Parameters<typeof open>[2]): Promise<Answered> {
  const response = await open(api, path, init);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

/** Status and error code of an answer, for the many tests that only need these. */
export async function refusal(
  api: TestApi,
  path: string,
  init?: Parameters<typeof open>[2],
): Promise<{ status: number; code: string; message: string }> {
  const { status, body } = await ask(api, path, init);
  const { error } = JSON.parse(body) as { error: { code: string; message: string } };
  return { status, code: error.code, message: error.message };
}
