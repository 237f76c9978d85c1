import type { PoliteHttp } from "./http.ts";
import { httpFrom } from "./http-from.ts";
import type { PoliteHttpOptions } from "./polite-http-options.ts";
import { createHttpTransport } from "./polite-transport.ts";

/** The HTTP a source is handed when it runs in the host's own process. One instance per scrape of one source. */
export function createPoliteHttp(options: PoliteHttpOptions): PoliteHttp {
  return httpFrom(createHttpTransport(options));
}
