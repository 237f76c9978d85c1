export { type CachedAnswer, type HttpCache, memoryHttpCache } from "./http-cache.ts";
export { addressesIn } from "./origin-options.ts";
export { createPoliteHttp } from "./polite-http.ts";
export type { PoliteHttpOptions } from "./polite-http-options.ts";
export { createHttpTransport } from "./polite-transport.ts";
export { describeRetry, type Retry } from "./retries.ts";
export * from "./transport.ts";
export { userAgentOf } from "./user-agent.ts";
