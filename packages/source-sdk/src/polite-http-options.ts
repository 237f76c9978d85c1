import type { LookupFunction } from "node:net";

import type { Log } from "@argus/core/contract";

import type { HttpCache } from "./http-cache.ts";
import type { Retry } from "./retries.ts";

export type PoliteHttpOptions = {
  /** Names, `*.name`, or name:port; with the configured base_url's host. */
  hosts: readonly string[];
  userAgent: string;
  signal: AbortSignal;
  log?: Log;
  /** Where answers are kept for conditional requests; none without one. It may outlive the scrape. */
  cache?: HttpCache;
  /** Finds the addresses of a name; what it refuses is not connected to. Default: the system's. */
  lookup?: LookupFunction;
  /** Requests to one host at a time. Default: 2. */
  perHostConcurrency?: number;
  /** Milliseconds between the starts of two requests to one host, retries and redirects included. Default: 250. */
  pageDelayMs?: number;
  /** Default for `HttpRequest.maxBytes`: 64 MiB. No request gets more than 256 MiB. */
  maxBytes?: number;
  /** Default for `HttpRequest.timeoutMs`: 60,000. No request gets more than ten minutes. */
  timeoutMs?: number;
  /** Tries after the first. Default: 3. */
  retries?: number;
  /** The most milliseconds of backoff between two tries, before jitter. Default: 30,000. */
  backoffLimitMs?: number;
  /** The longest Retry-After that is waited for; when the origin asks for more, the request fails. Default: 60,000 ms. */
  maxRetryAfterMs?: number;
  /** Told of a request that is to be sent again, of its next try, and null when there is none such any more. */
  onRetry?: (retry: Retry | null) => void;
};
