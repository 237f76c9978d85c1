import type { SourceDetails, SourceInfo } from "@argus/core";

/** A source that may be scraped and never was. */
export function makeInfo(part: Partial<SourceInfo> = {}): SourceInfo {
  return {
    id: "demo",
    name: "Demo cameras",
    description: "Cameras that are drawn",
    region: null,
    enabled_by_default: true,
    required_env: [],
    missing_env: [],
    attribution: "Argus",
    licence: "CC0-1.0",
    terms_url: null,
    package: "argus-source-demo",
    version: "1.0.0",
    enabled: false,
    needs_notice: false,
    state: "ready",
    message: null,
    last_failure: null,
    camera_count: 0,
    last_scrape: null,
    next_run_at: null,
    ...part,
  };
}

/** Its details, with two options and a secret. */
export function makeDetails(part: Partial<SourceDetails> = {}): SourceDetails {
  return {
    ...makeInfo(),
    interval_s: 3600,
    failures: 0,
    can_resolve: false,
    notice: null,
    held: null,
    options: { schema: SCHEMA, values: {}, fixed: [], secrets: [] },
    ...part,
  };
}

const SCHEMA = {
  type: "object",
  properties: {
    pages: { type: "integer", minimum: 1, maximum: 10, default: 3 },
    base_url: { type: "string", default: "https://demo.example" },
    key: { type: "string", format: "password", default: "" },
  },
};
