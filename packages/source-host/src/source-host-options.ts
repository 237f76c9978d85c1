import type { Clock, Log } from "@argus/core";

import type { AddressRule } from "./egress.ts";
import type { HostStore } from "./host-store.ts";
import { HttpCaches } from "./http-caches.ts";
import type { InstalledSource } from "./installed-source.ts";
import { DEFAULT_LIMITS, type HostLimits } from "./limits.ts";
import { DEFAULT_BOUNDS, type ProcessBounds } from "./process/bounds.ts";
import type { HttpOverrides, RunSettings } from "./run-settings.ts";
import type { UserSettingsStore } from "./user-settings-store.ts";

export type SourceHostOptions = {
  installed: readonly InstalledSource[];
  store: HostStore;
  /** Where the variables that sources declare are looked up; each source is handed its own and no others. */
  env: Readonly<Record<string, string | undefined>>;
  /** By source id, as the app's settings have them; each source's schema checks its own. Users cannot change them. */
  options?: Readonly<Record<string, unknown>>;
  /** Where the rest is kept that users set. Default: in memory. */
  userSettings?: UserSettingsStore;
  userAgent: string;
  log?: Log;
  clock?: Clock;
  http?: HttpOverrides;
  limits?: Partial<HostLimits>;
  /** What bounds the process of each source. */
  bounds?: Partial<ProcessBounds>;
  /** Which addresses a source's hosts may lead to. Default: all. */
  addressRule?: AddressRule;
  /** Camera addresses in networks that the user has opened. Default: none. */
  isOpened?: (url: URL) => boolean;
  /** 0 to 1, for what is spread by chance. */
  random?: () => number;
};

/** What every run of a source in such a host shares. */
export function runSettings(
  options: SourceHostOptions,
  parts: Pick<RunSettings, "held" | "log" | "clock">,
): RunSettings {
  return {
    ...parts,
    store: options.store,
    userAgent: options.userAgent,
    http: options.http ?? {},
    caches: new HttpCaches(),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    bounds: { ...DEFAULT_BOUNDS, ...options.bounds },
    addressRule: options.addressRule ?? (() => null),
    isOpened: options.isOpened ?? (() => false),
  };
}
