import { isArgusError, type LogFields, silentLog } from "@argus/core/contract";
import got, { HTTPError, MaxRedirectsError, RequestError, TimeoutError, type Got, type RetryObject } from "got";

import { badStatus, timedOut, tooLarge, tooManyRedirects, undeclaredHost, unreachable, whyNoAnswer } from "./errors.ts";
import type { HostGate } from "./host-gate.ts";
import { isDeclared } from "./host-list.ts";
import type { TransportAnswer, TransportRequest } from "./http-transport.ts";
import type { PoliteHttpOptions } from "./polite-http-options.ts";
import { redactUrl } from "./redact.ts";
import { describeRetry, type RequestRetries, Retries } from "./retries.ts";

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MAX_BYTES = 256 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 60_000;
const MAX_TIMEOUT_MS = 600_000;
const CONNECT_TIMEOUT_MS = 15_000;
const DEFAULT_RETRIES = 3;
const DEFAULT_BACKOFF_LIMIT_MS = 30_000;
const DEFAULT_MAX_RETRY_AFTER_MS = 60_000;
const JITTER_SHARE = 0.5;
const MAX_REDIRECTS = 5;
const RETRIED_STATUSES = [408, 425, 429, ...Array.from({ length: 100 }, (_, index) => 500 + index)];
// got's own list, and what a body that was cut short raises.
const RETRIED_CODES = [
  "ETIMEDOUT",
  "ECONNRESET",
  "EADDRINUSE",
  "ECONNREFUSED",
  "EPIPE",
  "ENOTFOUND",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "EAI_AGAIN",
  "ERR_HTTP_CONTENT_LENGTH_MISMATCH",
  "Z_BUF_ERROR",
];

/** Fetches a checked URL to its last byte. */
export type FetchBody = (url: URL, request: TransportRequest) => Promise<TransportAnswer>;

/** Fetches with got's retries and redirects, within the gate, the host list and the limits. */
export function createFetchBody(options: PoliteHttpOptions, gate: HostGate): FetchBody {
  const client = createClient(options, gate);
  const retries = new Retries((retry) => options.onRetry?.(retry));
  return async (url, request) => {
    const maxBytes = Math.min(request.maxBytes ?? options.maxBytes ?? DEFAULT_MAX_BYTES, MAX_BYTES);
    const timeoutMs = Math.min(request.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS);
    const size = new AbortController();
    using retrying = retries.ofRequest();
    const running = client(url, {
      method: request.method,
      headers: { ...request.headers, "user-agent": options.userAgent },
      ...(request.body === null ? {} : { body: request.body }),
      timeout: { connect: Math.min(CONNECT_TIMEOUT_MS, timeoutMs), request: timeoutMs },
      signal: AbortSignal.any([options.signal, size.signal]),
      retry: { calculateDelay: (retry) => waitFor(url, retry, options, retrying) },
      hooks: { beforeRetry: [() => retrying.tries()] },
    });
    const stopWhenTooLarge = (received: number): void => {
      if (received > maxBytes) size.abort(tooLarge(url, maxBytes));
    };
    // got counts what comes out of the decompressor.
    void running.on("downloadProgress", ({ transferred }) => stopWhenTooLarge(transferred));
    try {
      const { rawBody, headers, statusCode, url: finalUrl } = await running;
      stopWhenTooLarge(rawBody.byteLength);
      size.signal.throwIfAborted();
      return { url: finalUrl, status: statusCode, headers: plainHeaders(headers), body: rawBody };
    } catch (error) {
      options.signal.throwIfAborted();
      size.signal.throwIfAborted();
      throw explain(error, url, timeoutMs);
    }
  };
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string" && name !== "set-cookie") plain[name] = value;
  }
  return plain;
}

function createClient(options: PoliteHttpOptions, gate: HostGate): Got {
  const { hosts, signal, log = silentLog } = options;
  return got.extend({
    responseType: "buffer",
    ...(options.lookup === undefined ? {} : { dnsLookup: options.lookup }),
    maxRedirects: MAX_REDIRECTS,
    retry: {
      limit: options.retries ?? DEFAULT_RETRIES,
      methods: ["GET", "POST"],
      statusCodes: RETRIED_STATUSES,
      errorCodes: RETRIED_CODES,
      backoffLimit: options.backoffLimitMs ?? DEFAULT_BACKOFF_LIMIT_MS,
      noise: 0,
      maxRetryAfter: options.maxRetryAfterMs ?? DEFAULT_MAX_RETRY_AFTER_MS,
    },
    hooks: {
      beforeRequest: [({ url }) => log.debug("request", { url: redactUrl(url ?? "") })],
      beforeRetry: [async ({ options: { url } }) => void (url instanceof URL && (await gate.pace(url.host, signal)))],
      beforeRedirect: [
        async ({ url }, response) => {
          const target = new URL(url ?? "");
          if (!isDeclared(target, hosts)) throw undeclaredHost(target, new URL(response.url));
          await gate.pace(target.host, signal);
        },
      ],
    },
  });
}

// A wait the origin asked for is kept as it is; got's own jitter is at most 100 ms, too little to spread a crowd.
function delayOf({ computedValue, retryAfter }: RetryObject): number {
  return Math.ceil(retryAfter === undefined ? computedValue * (1 + JITTER_SHARE * Math.random()) : computedValue);
}

/** Says what is waited for; answers how many milliseconds. */
function waitFor(
  asked: URL,
  retry: RetryObject,
  { log = silentLog }: PoliteHttpOptions,
  retrying: RequestRetries,
): number {
  const { attemptCount, error, retryOptions } = retry;
  const waitMs = delayOf(retry);
  // It may have been led elsewhere.
  const url = URL.parse(String(error.options.url)) ?? asked;
  const told = { host: url.host, reason: reasonOf(error), next: attemptCount + 1, most: (retryOptions.limit ?? 0) + 1 };
  retrying.waits({ ...told, waitMs });
  const status = error instanceof HTTPError ? error.response.statusCode : null;
  const fields: LogFields = { url: redactUrl(url), wait_ms: waitMs, status, code: error.code };
  log.warn(describeRetry({ ...told, waitMs }), fields);
  return waitMs;
}

function reasonOf(error: RequestError): string {
  if (error instanceof HTTPError) return String(error.response.statusCode);
  if (error instanceof TimeoutError) return "it did not answer in time";
  return `it ${whyNoAnswer(error.code)}`;
}

// got's own error is no cause: its message holds the URL as it was sent.
function explain(error: unknown, url: URL, timeoutMs: number): unknown {
  if (!(error instanceof RequestError)) return error;
  if (isArgusError(error.cause)) return error.cause;
  if (error instanceof HTTPError)
    return badStatus(url, error.response.statusCode, error.response.headers["retry-after"]);
  if (error instanceof TimeoutError) return timedOut(url, timeoutMs);
  if (error instanceof MaxRedirectsError) return tooManyRedirects(url, MAX_REDIRECTS);
  return unreachable(url, error.code);
}
