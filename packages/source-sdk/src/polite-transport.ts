import { silentLog } from "@argus/core/contract";

import { askConditionally } from "./conditional.ts";
import { badStatus, invalidRequest, undeclaredHost } from "./errors.ts";
import { createFetchBody } from "./fetch-body.ts";
import { HostGate } from "./host-gate.ts";
import { isDeclared } from "./host-list.ts";
import type { HttpTransport, TransportAnswer, TransportRequest } from "./http-transport.ts";
import type { PoliteHttpOptions } from "./polite-http-options.ts";
import { requestUrl } from "./request-url.ts";
import { Robots } from "./robots.ts";

const DEFAULT_CONCURRENCY = 2;
const DEFAULT_PAGE_DELAY_MS = 250;
const MAX_REQUEST_BODY = 1024 * 1024;
const MAX_ROBOTS_BYTES = 512 * 1024;
const NOT_MODIFIED = 304;
const METHODS: ReadonlySet<string> = new Set(["GET", "POST"]);
// The connection's own, and what would make the origin believe it is somebody else who asks.
const KEPT_BY_HOST: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "forwarded",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-forwarded-for",
]);

/** Does a source's requests. One instance per scrape of one source: its limits hold for all requests made with it. */
export function createHttpTransport(options: PoliteHttpOptions): HttpTransport {
  const { hosts, signal, cache, log = silentLog } = options;
  const gate = new HostGate({
    concurrency: options.perHostConcurrency ?? DEFAULT_CONCURRENCY,
    delayMs: options.pageDelayMs ?? DEFAULT_PAGE_DELAY_MS,
  });
  const fetchBody = createFetchBody(options, gate);
  const fetchDeclared = async (request: TransportRequest): Promise<TransportAnswer> => {
    const url = requestUrl(request.url);
    if (!isDeclared(url, hosts)) throw undeclaredHost(url);
    if (request.robots) await robots.check(url);
    using _slot = await gate.enter(url.host, signal);
    return await fetchBody(url, request);
  };
  const ask = async (request: TransportRequest): Promise<TransportAnswer> => {
    const answer = await askConditionally(request, cache, log, fetchDeclared);
    if (answer.status === NOT_MODIFIED) throw badStatus(requestUrl(request.url), NOT_MODIFIED, undefined);
    return answer;
  };
  const robots = new Robots({
    userAgent: options.userAgent,
    read: (url) => ask({ url, method: "GET", headers: {}, body: null, maxBytes: MAX_ROBOTS_BYTES, robots: false }),
    onCrawlDelay: (host, delayMs) => {
      log.info("the origin asks for time between requests", { host, delay_ms: delayMs });
      gate.slowDown(host, delayMs);
    },
  });
  return Object.freeze({ fetch: async (request: TransportRequest) => await ask(checked(request)) });
}

/** The request with only what a source may say; it comes from another process, so its types are checked too. */
function checked(request: TransportRequest): TransportRequest {
  const { url, method, body, headers, maxBytes, timeoutMs } = request;
  if (!METHODS.has(method)) throw invalidRequest(url, "its method is neither GET nor POST");
  if (body !== null && !(body instanceof Uint8Array)) throw invalidRequest(url, "its body is no bytes");
  if (body !== null && method === "GET") throw invalidRequest(url, "a GET carries no body; leave the method out");
  if (body !== null && body.byteLength > MAX_REQUEST_BODY)
    throw invalidRequest(url, `its body has more than ${MAX_REQUEST_BODY} bytes`);
  return {
    url,
    method,
    body,
    headers: ownHeaders(headers),
    robots: request.robots,
    ...(isPositive(maxBytes) ? { maxBytes } : {}),
    ...(isPositive(timeoutMs) ? { timeoutMs } : {}),
  };
}

function ownHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const own = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
  return Object.fromEntries(own.filter(([name]) => !KEPT_BY_HOST.has(name)));
}

function isPositive(value: number | undefined): value is number {
  return typeof value === "number" && value > 0;
}
