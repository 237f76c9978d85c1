import { ArgusError } from "@argus/core/contract";

import { redactUrl } from "./redact.ts";

// Some origins answer so to a key that they do not know.
const BAD_REQUEST = 400;
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

/** A name for the program that no header can hold. */
export function userAgentInvalid(limit: number): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_UNCONFIGURED",
    `the option user_agent must be at most ${limit} characters of plain ASCII: shorten it, or leave it out`,
  );
}

/** A request, or a redirect, to a host the source did not declare. */
export function undeclaredHost(url: URL, from?: URL): ArgusError {
  const how = from === undefined ? "is not declared" : `is not declared, and ${redactUrl(from)} redirects to it`;
  return new ArgusError(
    "ARGUS_SOURCE_HOST_UNDECLARED",
    `host "${url.hostname}" of ${redactUrl(url)} ${how}; if the source should talk to it, add "${url.hostname}" to its hosts, or give that address in its options`,
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
    return "it wants a key, refuses the one it got, or refuses this client: check the key, among the source's options or in its environment variables";
  if (NOT_THERE.has(status))
    return "the list may have moved: check base_url, or look for a newer version of the source";
  if (status === BAD_REQUEST)
    return "the origin did not accept the request: check the source's options and its key, then look for a newer version of the source";
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

/** By the code of the network's error; the first words are all that a narrow list shows. */
const NO_ANSWER: Readonly<Record<string, string>> = {
  ENOTFOUND: "has no address: its name cannot be resolved",
  EAI_AGAIN: "has a name that cannot be resolved at present",
  ECONNREFUSED: "refuses connections",
  ENETUNREACH: "cannot be reached from here",
  EHOSTUNREACH: "cannot be reached from here",
};

/** What is wrong with an origin, said after its name. */
export function whyNoAnswer(code: string): string {
  return NO_ANSWER[code] ?? "did not send its answer to the end";
}

/** No complete answer at all: refused, reset, unknown host, cut short. */
export function unreachable(url: URL, code: string): ArgusError {
  const fault = whyNoAnswer(code);
  return new ArgusError(
    "ARGUS_SOURCE_UNREACHABLE",
    `${url.host} ${fault} (${code}); check the network and base_url, then scrape again; asked for ${redactUrl(url)}`,
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
