import type { Clock, Log } from "@argus/core";

import type { ApiSources, ApiStore, ApiStreams } from "./ports.ts";

export type HttpApiLimits = {
  /** Milliseconds between two heartbeat comments on an event stream. Default 15,000. */
  heartbeatMs: number;
  /** Event streams open at once; one more is answered 503. Default 100. */
  maxEventStreams: number;
};

export const DEFAULT_LIMITS: HttpApiLimits = { heartbeatMs: 15_000, maxEventStreams: 100 };

export type HttpApiOptions = {
  store: ApiStore;
  sources: ApiSources;
  streams: ApiStreams;
  /** The server's version, as `/api/health` and the OpenAPI document tell it. */
  version: string;
  access: {
    /** The Host headers answered to, with port where it is not the scheme's own: `127.0.0.1:8765`, `localhost:8765`. */
    hosts: readonly string[];
  };
  log?: Log;
  clock?: Clock;
  /** Milliseconds since 1970; default: when the API was created. */
  startedAt?: number;
  /** Why the server cannot do its work yet, or null when it can; asked by `/api/health`. */
  ready?: () => string | null;
  /** The folder of the built page, served at `/`. */
  page?: string;
  /** Aborted when the server stops: event streams and moving pictures end. */
  signal?: AbortSignal;
  limits?: Partial<HttpApiLimits>;
};

/** What every route has at hand. */
export type Api = {
  store: ApiStore;
  sources: ApiSources;
  streams: ApiStreams;
  version: string;
  log: Log;
  clock: Clock;
  startedAt: number;
  ready: () => string | null;
  stop: AbortSignal;
  limits: HttpApiLimits;
};
