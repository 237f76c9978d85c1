export { discoverSources } from "./discovery.ts";
export type { HostStore } from "./host-store.ts";
export type { InstalledSource } from "./installed-source.ts";
export { DEFAULT_LIMITS, type HostLimits } from "./limits.ts";
export type { ScrapeEvent } from "./scrape-feed.ts";
export { SourceHost, type SourceHostOptions } from "./source-host.ts";
export type { HttpOverrides } from "./source-run.ts";
