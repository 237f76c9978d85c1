import type { Clock, Log } from "@argus/core";
import { createHttpTransport, type PoliteHttpOptions, type Retry, userAgentOf } from "@argus/source-sdk/host";
import type { HttpTransport } from "@argus/source-sdk/transport";

import { type AddressRule, egressOf } from "./egress.ts";
import type { HeldListings } from "./held-listings.ts";
import type { HostStore } from "./host-store.ts";
import type { HttpCaches } from "./http-caches.ts";
import type { HostLimits } from "./limits.ts";
import type { Allowance } from "./own-options.ts";
import type { ProcessBounds } from "./process/bounds.ts";
import type { SourceCode } from "./source-code.ts";

/** What tests change about a source's HTTP. */
export type HttpOverrides = Partial<
  Omit<PoliteHttpOptions, "hosts" | "lookup" | "userAgent" | "signal" | "log" | "cache" | "onRetry">
>;

/** What every run of a source in this host shares. */
export type RunSettings = {
  store: HostStore;
  userAgent: string;
  log: Log;
  clock: Clock;
  http: HttpOverrides;
  /** What origins need not send again. */
  caches: HttpCaches;
  limits: HostLimits;
  bounds: ProcessBounds;
  addressRule: AddressRule;
  /** Camera addresses that the user has opened, as networks of their own. */
  isOpened: (url: URL) => boolean;
  held: HeldListings;
};

/** A source that is ready, with what it is run with. */
export type ReadySource = {
  source: SourceCode;
  /** As configured. */
  options: unknown;
  /** Where its origin answers. */
  baseUrl: string | null;
  /** The addresses of origins that are configured, and not the source's own. */
  chosen: readonly URL[];
  allowance: Allowance;
  env: Readonly<Record<string, string>>;
};

/** Who is told how a source's requests go on. */
type HttpListener = { signal: AbortSignal; log: Log; onRetry?: (retry: Retry | null) => void };

/**
 * The host's polite HTTP, within what one source may ask.
 * @throws ArgusError ARGUS_SOURCE_UNCONFIGURED when the source's `user_agent` is no text that a header can hold.
 */
export function transportFor(ready: ReadySource, settings: RunSettings, listener: HttpListener): HttpTransport {
  const { source, options, baseUrl, chosen } = ready;
  const { http, caches, addressRule: rule } = settings;
  const egress = egressOf({ declared: source.hosts, baseUrl, chosen, rule });
  const userAgent = userAgentOf(options, settings.userAgent);
  return createHttpTransport({ ...http, ...egress, userAgent, cache: caches.of(source.id), ...listener });
}

/** Where pictures may be besides the public's hosts: in networks the user opened, and where they set an origin to be. */
export function openedFor({ chosen }: ReadySource, settings: RunSettings): (url: URL) => boolean {
  const hosts = new Set(chosen.map(({ hostname }) => hostname));
  return (url) => hosts.has(url.hostname) || settings.isOpened(url);
}
