import type { Clock, Log } from "@argus/core";
import { createHttpTransport, type PoliteHttpOptions } from "@argus/source-sdk/host";
import type { HttpTransport } from "@argus/source-sdk/transport";

import { type AddressRule, egressOf } from "./egress.ts";
import type { HeldListings } from "./held-listings.ts";
import type { HostStore } from "./host-store.ts";
import type { HostLimits } from "./limits.ts";
import type { ProcessBounds } from "./process/bounds.ts";
import type { SourceCode } from "./source-code.ts";

/** What tests change about a source's HTTP. */
export type HttpOverrides = Partial<Omit<PoliteHttpOptions, "hosts" | "lookup" | "userAgent" | "signal" | "log">>;

/** What every run of a source in this host shares. */
export type RunSettings = {
  store: HostStore;
  userAgent: string;
  log: Log;
  clock: Clock;
  http: HttpOverrides;
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
  /** Whether `baseUrl` is configured, and not the source's own. */
  isBaseUrlChosen: boolean;
  env: Readonly<Record<string, string>>;
};

/** The host's polite HTTP, within what one source may ask. */
export function transportFor(ready: ReadySource, settings: RunSettings, signal: AbortSignal, log: Log): HttpTransport {
  const { source, baseUrl, isBaseUrlChosen } = ready;
  const { http, userAgent, addressRule: rule } = settings;
  const egress = egressOf({ declared: source.hosts, baseUrl, isBaseUrlChosen, rule });
  return createHttpTransport({ ...http, ...egress, userAgent, signal, log });
}

/** Where pictures may be besides the public's hosts: in networks the user opened, and where they set the origin to be. */
export function openedFor({ baseUrl, isBaseUrlChosen }: ReadySource, settings: RunSettings): (url: URL) => boolean {
  const chosen = isBaseUrlChosen ? URL.parse(baseUrl ?? "")?.hostname : undefined;
  return (url) => url.hostname === chosen || settings.isOpened(url);
}
