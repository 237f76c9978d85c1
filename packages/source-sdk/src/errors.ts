import { ArgusError } from "@argus/core";

import { redactUrl } from "./redact.ts";

const FORBIDDEN: ReadonlySet<number> = new Set([401, 403]);
const NOT_THERE: ReadonlySet<number> = new Set([404, 410]);
const TOO_MANY = 429;
const FIRST_SERVER_ERROR = 500;

/** A definition that is no source. */
export function invalidSource(what: string, mend: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_INVALID", `${what} is not valid: ${mend}`);
}

/** An address that cannot be asked. */
export function invalidUrl(address: string, problem: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_URL_INVALID",
    `${redactUrl(address)} cannot be requested: ${problem}; check base_url and how the source builds its URLs`,
  );
}

/** A request that cannot be sent as it is. */
export function invalidRequest(address: string, problem: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_REQUEST_INVALID", `${redactUrl(address)} cannot be requested: ${problem}`);
}

/** A request, or a redirect, to a host the source did not declare. */
export function undeclaredHost(url: URL, from?: URL): ArgusError {
  const how = from === undefined ? "is not declared" : `is not declared, and ${redactUrl(from)} redirects to it`;
  return new ArgusError(
    "ARGUS_SOURCE_HOST_UNDECLARED",
    `host "${url.hostname}" of ${redactUrl(url)} ${how}; if the source should talk to it, add "${url.hostname}" to its hosts`,
    { details: { host: url.hostname } },
  );
}

export function tooManyWaiting(host: string, limit: number): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_TOO_MANY_REQUESTS",
    `${limit} requests to ${host} are waiting already; await pages in turn instead of asking for all at once`,
  );
}

/** An answer that is no success, after the retries its status deserves. */
export function badStatus(url: URL, status: number, retryAfter: string | undefined): ArgusError {
  const retryable = status === TOO_MANY || status >= FIRST_SERVER_ERROR;
  return new ArgusError(
    "ARGUS_SOURCE_HTTP_STATUS",
    `${redactUrl(url)} answered ${status}; ${mendFor(status, retryAfter)}`,
    {
      retryable,
      details: { status },
    },
  );
}

function mendFor(status: number, retryAfter: string | undefined): string {
  if (status === TOO_MANY)
    return `it wants fewer requests${retryAfter === undefined ? "" : ` (Retry-After: ${retryAfter.slice(0, 40)})`}: scrape again later, or check the key`;
  if (FORBIDDEN.has(status))
    return "it wants a key, refuses the one it got, or refuses this client: check the source's environment variables";
  if (NOT_THERE.has(status))
    return "the list may have moved: check base_url, or look for a newer version of the source";
  if (status >= FIRST_SERVER_ERROR) return "the origin is failing: scrape again later";
  return "the origin did not accept the request: look for a newer version of the source";
}

export function timedOut(url: URL, timeoutMs: number): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_TIMEOUT",
    `${redactUrl(url)} did not answer within ${timeoutMs} ms; scrape again later, or raise timeoutMs`,
    { retryable: true },
  );
}

export function tooLarge(url: URL, maxBytes: number): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_TOO_LARGE",
    `${redactUrl(url)} sends more than ${maxBytes} bytes (decompressed); ask for less at a time, or raise maxBytes`,
    {
      details: { max_bytes: maxBytes },
    },
  );
}

export function tooManyRedirects(url: URL, limit: number): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_REDIRECTS",
    `${redactUrl(url)} redirects more than ${limit} times; check base_url`,
  );
}

/** No complete answer at all: refused, reset, unknown host, cut short. */
export function unreachable(url: URL, code: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_UNREACHABLE",
    `${redactUrl(url)} could not be read to its end (${code}); check base_url and the network, then scrape again`,
    {
      retryable: true,
      details: { code },
    },
  );
}

/** The origin answers something else than the source knows how to read. */
export function formatChanged(what: string, problem: string, details?: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_FORMAT_CHANGED",
    `${what} is not what this source reads: ${problem}; look for a newer version of the source`,
    { details },
  );
}

export function emptyList(what: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_EMPTY",
    `${what} is empty, which is more likely a fault of the origin than the end of all its cameras; scrape again later`,
    {
      retryable: true,
    },
  );
}

/** A page that the origin's robots.txt keeps programs away from. */
export function robotsDisallow(url: URL, robotsUrl: string, rule: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_ROBOTS",
    `${redactUrl(url)} must not be read by programs: ${robotsUrl} says ${JSON.stringify(rule.slice(0, 200))}; ask the origin's owner, or read another address`,
    { details: { rule: rule.slice(0, 200) } },
  );
}

/** An error that the origin reports inside an answer of status 200. */
export function reportedError(url: string, status: number, message: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_HTTP_STATUS",
    `${redactUrl(url)} answered 200 with error ${status}: ${message.slice(0, 200) || "no message"}; ${mendFor(status, undefined)}`,
    { retryable: status === TOO_MANY || status >= FIRST_SERVER_ERROR, details: { status } },
  );
}
