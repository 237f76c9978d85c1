import type { Log } from "@argus/core";
import type { HTMLElement } from "node-html-parser";
import type { z } from "zod";

/** Particulars of one request. */
export type HttpRequest = {
  /** Sent along; the user agent is the host's and cannot be replaced. */
  headers?: Readonly<Record<string, string>>;
  /** Added to the URL's query. */
  search?: Readonly<Record<string, string | number | boolean>>;
  /** The most bytes of body, counted after decompression. */
  maxBytes?: number;
  /** Milliseconds for one try, from connecting to the last byte. */
  timeoutMs?: number;
};

/**
 * Reads a source's declared hosts: retried, slowed down, bounded in size and time, and cancelled with the scrape.
 * All throw the signal's reason when cancelled, and else an ArgusError that names URL, status and mend:
 * ARGUS_SOURCE_URL_INVALID, _HOST_UNDECLARED, _HTTP_STATUS, _UNREACHABLE, _TIMEOUT, _TOO_LARGE, _REDIRECTS.
 */
export type PoliteHttp = {
  /** Reads JSON; also throws ARGUS_SOURCE_FORMAT_CHANGED when the body is no JSON or does not fit the schema. */
  json<Schema extends z.ZodType>(url: string, schema: Schema, request?: HttpRequest): Promise<z.output<Schema>>;
  /** Reads text in the charset its Content-Type names, else UTF-8. */
  text(url: string, request?: HttpRequest): Promise<string>;
  /** Reads and parses HTML. */
  html(url: string, request?: HttpRequest): Promise<HTMLElement>;
};

export type PoliteHttpOptions = {
  /** Names, `*.name`, or name:port; with the configured base_url's host. */
  hosts: readonly string[];
  userAgent: string;
  signal: AbortSignal;
  log?: Log;
  /** Requests to one host at a time. Default: 2. */
  perHostConcurrency?: number;
  /** Milliseconds between the starts of two requests to one host, retries and redirects included. Default: 250. */
  pageDelayMs?: number;
  /** Default for `HttpRequest.maxBytes`: 64 MiB. */
  maxBytes?: number;
  /** Default for `HttpRequest.timeoutMs`: 60,000. */
  timeoutMs?: number;
  /** Tries after the first. Default: 3. */
  retries?: number;
  /** The most milliseconds of backoff between two tries, before jitter. Default: 30,000. */
  backoffLimitMs?: number;
  /** The longest Retry-After that is waited for; when the origin asks for more, the request fails. Default: 60,000 ms. */
  maxRetryAfterMs?: number;
};
