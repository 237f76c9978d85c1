import type { SourceChange, SourceConfirmed, SourceDetails, SourceInfo } from "@argus/core";

import { callJson, type CallOptions, type Http } from "./http.ts";

/** Sources, and what is set about them. Calls that name one fail with ARGUS_SOURCE_NOT_INSTALLED. */
export type SourceCalls = {
  sources(options?: CallOptions): Promise<SourceInfo[]>;
  source(id: string, options?: CallOptions): Promise<SourceDetails>;
  /**
   * All of the change or, on an error, nothing of it.
   * @throws ARGUS_SOURCE_OPTIONS_INVALID and ARGUS_SOURCE_OPTION_FIXED (`details`: `{ path, message }` of each),
   *   ARGUS_SOURCE_NO_NOTICE, ARGUS_SOURCE_BROKEN; ARGUS_SOURCE_NOT_READY when it cannot be enabled yet
   */
  changeSource(id: string, change: SourceChange, options?: CallOptions): Promise<SourceDetails>;
  /** Forgets its failures, so that it is tried as if it had never failed. */
  resetSource(id: string, options?: CallOptions): Promise<SourceDetails>;
  /**
   * Says that a held listing is right; `gone` cameras are marked so. `gone` is null where the list itself is no longer
   * known: then the next one is taken as right, and `scrape` was started for it, if the source can be run.
   * @throws ARGUS_SOURCE_NOTHING_HELD; ARGUS_SCRAPE_RUNNING while it is scraped
   */
  confirmSource(id: string, options?: CallOptions): Promise<SourceConfirmed>;
};

export function sourceCalls(http: Http): SourceCalls {
  return {
    sources: async (options) => (await callJson<{ sources: SourceInfo[] }>(http, "/api/sources", options)).sources,
    source: (id, options) => callJson(http, pathOf(id), options),
    changeSource: (id, change, options) => callJson(http, pathOf(id), { ...options, method: "PATCH", body: change }),
    resetSource: (id, options) => callJson(http, `${pathOf(id)}/reset`, { ...options, method: "POST" }),
    confirmSource: (id, options) => callJson(http, `${pathOf(id)}/confirm`, { ...options, method: "POST" }),
  };
}

function pathOf(id: string): string {
  return `/api/sources/${encodeURIComponent(id)}`;
}
