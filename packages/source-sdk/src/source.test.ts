import { describe, expect, it } from "vitest";
import { z } from "zod";

import { baseUrl } from "./base-url.ts";
import { ResolvedUrls } from "./resolve.ts";
import { defineSource, type SourceDefinition, type SourceOptions } from "./source.ts";

const options = z.object({ base_url: baseUrl("https://cameras.example/") });

function definition(change: object = {}): SourceDefinition<SourceOptions> {
  return {
    apiVersion: 1,
    id: "example",
    name: "Example",
    description: "Made up for this test.",
    enabled_by_default: false,
    required_env: [],
    hosts: ["cameras.example"],
    attribution: "Example Agency",
    licence: "CC0-1.0",
    options,
    scrape: async () => undefined,
    ...change,
  };
}

function problemWith(change: object): string {
  try {
    defineSource(definition(change));
  } catch (error) {
    expect(error).toMatchObject({ code: "ARGUS_SOURCE_INVALID" });
    return (error as Error).message;
  }
  throw new Error("it was taken for a source");
}

describe("defineSource", () => {
  it("gives the manifest, the options and the functions", () => {
    const source = defineSource(definition());
    expect(source).toMatchObject({ id: "example", terms_url: null, options });
    expect(source).toMatchObject({ areas: [], interval_s: 3600, needs_notice: null, bulk: true });
    expect(source.openOrigin).toBeUndefined();
    expect(source.resolve).toBeUndefined();
    expect(Object.isFrozen(source)).toBe(true);
  });

  it("takes areas, an interval, a notice, sweeps and a resolve", () => {
    const more = { areas: [[-10, 40, 5, 60]], interval_s: 86_400, needs_notice: "Careful.", bulk: false };
    const resolve = async () => ({ stream_url: "https://cameras.example/1.jpg", expires_in_s: 60 });
    const source = defineSource(definition({ ...more, resolve }));
    expect(source).toMatchObject(more);
    expect(source.resolve).toBe(resolve);
  });

  it("names the source and each wrong field", () => {
    const message = problemWith({ apiVersion: 2, hosts: ["https://cameras.example"] });
    expect(message).toContain('source "example"');
    expect(message).toContain("apiVersion");
    expect(message).toContain("hosts.0: must be a host name in lower case, without scheme or port");
  });

  it("names a source without an id all the same", () => {
    expect(problemWith({ id: undefined })).toContain("source without an id");
  });

  it.each([
    ["no options", { options: undefined }, "options must be a zod object"],
    ["options that are no object", { options: z.string().default("") }, "options must be a zod object"],
    ["no base_url", { options: z.object({ pages: z.int().default(1) }) }, "options lacks base_url"],
    ["an option without a default", { options: options.extend({ pages: z.int() }) }, "these lack a valid one: pages"],
    [
      "a base_url that is no address",
      { options: z.object({ base_url: z.string().default("ftp://cameras.example") }) },
      "base_url must default to",
    ],
    ["no scrape", { scrape: "later" }, "scrape must be a function"],
    ["a resolve that is no function", { resolve: "later" }, "resolve must be a function, or be left out"],
    ["areas that are none", { areas: [[0, 0, 1]] }, "areas.0"],
    ["addresses in an option that it has not", { origin_options: ["lists.url"] }, "origin_options names lists.url"],
    ["an interval under a minute", { interval_s: 1 }, "interval_s"],
    ["an origin that cannot be opened", { openOrigin: {} }, "openOrigin must be a function"],
  ])("refuses %s", (_, change, problem) => {
    expect(problemWith(change)).toContain(problem);
  });

  it("takes the slash off a configured base_url, and refuses one with a password", () => {
    const source = defineSource(definition());
    expect(source.options.parse({}).base_url).toBe("https://cameras.example");
    expect(source.options.parse({ base_url: "http://127.0.0.1:8080/mirror//" }).base_url).toBe(
      "http://127.0.0.1:8080/mirror",
    );
    expect(source.options.safeParse({ base_url: "https://me:secret@cameras.example" }).success).toBe(false);
  });
});

describe("ResolvedUrls", () => {
  it("takes either address or both", () => {
    const stream_url = "https://cameras.example/1.jpg";
    expect(ResolvedUrls.parse({ stream_url, expires_in_s: 600 })).toEqual({ stream_url, expires_in_s: 600 });
    expect(ResolvedUrls.safeParse({ snapshot_url: stream_url, expires_in_s: 0.5 }).success).toBe(true);
  });

  it.each([
    { expires_in_s: 600 },
    { stream_url: "https://cameras.example/1.jpg" },
    { stream_url: "https://cameras.example/1.jpg", expires_in_s: 0 },
    { stream_url: "https://cameras.example/1.jpg", expires_in_s: 100_000 },
    { stream_url: "ftp://cameras.example/1.jpg", expires_in_s: 600 },
    { stream_url: "https://me:pw@cameras.example/1.jpg", expires_in_s: 600 },
  ])("refuses %j", (urls) => {
    expect(ResolvedUrls.safeParse(urls).success).toBe(false);
  });
});
