import { describe, expect, it } from "vitest";

import { isSupportedApiVersion, SOURCE_API_VERSION, SourceManifest } from "./source-manifest.ts";

const old = {
  apiVersion: SOURCE_API_VERSION,
  id: "example",
  name: "Example",
  description: "Made up for this test.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["cameras.example"],
  attribution: "Example Agency",
  licence: "CC0-1.0",
  terms_url: null,
};

describe("SourceManifest", () => {
  it("takes a manifest that knows nothing of areas, interval, notice and sweeps", () => {
    expect(SourceManifest.parse(old)).toEqual({
      ...old,
      areas: [],
      origin_options: [],
      interval_s: 3600,
      needs_notice: null,
      bulk: true,
    });
  });

  it.each([
    ["an interval under a minute", { interval_s: 59 }],
    ["half a second", { interval_s: 90.5 }],
    ["an area whose south is north of its north", { areas: [[0, 10, 1, 5]] }],
    ["an area of three numbers", { areas: [[0, 10, 1]] }],
    ["a notice that says nothing", { needs_notice: "  " }],
    ["sweeps that are maybe", { bulk: "no" }],
    ["the next version of the contract", { apiVersion: SOURCE_API_VERSION + 1 }],
  ])("refuses %s", (_, change) => {
    expect(SourceManifest.safeParse({ ...old, ...change }).success).toBe(false);
  });

  it("takes an area across the antimeridian", () => {
    expect(SourceManifest.parse({ ...old, areas: [[170, -50, -170, -30]] }).areas).toEqual([[170, -50, -170, -30]]);
  });
});

describe("isSupportedApiVersion", () => {
  it("takes the present version and the one before, when there was one", () => {
    expect([-1, 0, 1, 2, 1.5, "1", null, undefined].filter(isSupportedApiVersion)).toEqual([1]);
  });
});
