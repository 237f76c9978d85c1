import type { Log } from "@argus/core/contract";

import { digestOf } from "./digest.ts";
import type { CachedAnswer, HttpCache } from "./http-cache.ts";
import type { TransportAnswer, TransportRequest } from "./http-transport.ts";

const NOT_MODIFIED = 304;
const OK = 200;
const NO_STORE = /(?:^|[\s,])no-store(?:[\s,]|$)/iu;

/**
 * Asks an origin for what it sent before with the marks that it gave (RFC 9110, section 13): when it answers that nothing
 * has changed, the answer is the one that was kept. Only of GET requests.
 */
export async function askConditionally(
  request: TransportRequest,
  cache: HttpCache | undefined,
  log: Log,
  ask: (request: TransportRequest) => Promise<TransportAnswer>,
): Promise<TransportAnswer> {
  if (cache === undefined || request.method !== "GET" || hasCondition(request)) return await ask(request);
  const key = keyOf(request);
  const kept = await read(cache, key, log);
  const answer = await ask(kept === null ? request : { ...request, headers: { ...request.headers, ...marksOf(kept) } });
  if (kept !== null && answer.status === NOT_MODIFIED) return fromKept(kept, answer);
  if (isWorthKeeping(answer)) await keep(cache, key, answer, log);
  return answer;
}

function hasCondition({ headers }: TransportRequest): boolean {
  return "if-none-match" in headers || "if-modified-since" in headers;
}

// Headers belong to it: an origin may answer XML or JSON, or to one key more than to another.
function keyOf({ url, headers }: TransportRequest): string {
  const named = Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(JSON.stringify([url, named]), "hex");
}

function marksOf({ etag, last_modified }: CachedAnswer): Record<string, string> {
  return {
    ...(etag === null ? {} : { "if-none-match": etag }),
    ...(last_modified === null ? {} : { "if-modified-since": last_modified }),
  };
}

function fromKept({ body, content_type }: CachedAnswer, { url, headers }: TransportAnswer): TransportAnswer {
  return {
    url,
    status: OK,
    headers: { ...headers, ...(content_type === null ? {} : { "content-type": content_type }) },
    body,
  };
}

function isWorthKeeping({ status, headers }: TransportAnswer): boolean {
  const isMarked = headers["etag"] !== undefined || headers["last-modified"] !== undefined;
  return status === OK && isMarked && !NO_STORE.test(headers["cache-control"] ?? "");
}

async function read(cache: HttpCache, key: string, log: Log): Promise<CachedAnswer | null> {
  try {
    return await cache.get(key);
  } catch (error) {
    log.warn("what was kept of an answer cannot be read", { error: String(error) });
    return null;
  }
}

async function keep(cache: HttpCache, key: string, { headers, body }: TransportAnswer, log: Log): Promise<void> {
  const { etag = null, "last-modified": last_modified = null, "content-type": content_type = null } = headers;
  try {
    await cache.set(key, { etag, last_modified, content_type, body });
  } catch (error) {
    log.warn("an answer cannot be kept", { error: String(error) });
  }
}
