import { describe, expect, it } from "vitest";
import { z } from "zod";

import { baseUrl } from "../base-url.ts";
import { defineSource, type Source } from "../source.ts";
import { serveFixtures } from "./fixture-server.ts";
import { runSource } from "./run-source.ts";

function sourceThat(scrape: Source["scrape"]): Source {
  return defineSource({
    apiVersion: 1,
    id: "example",
    name: "Example",
    description: "Made up for this test.",
    enabled_by_default: false,
    required_env: ["EXAMPLE_KEY"],
    hosts: ["cameras.example"],
    attribution: "Example Agency",
    licence: "CC0-1.0",
    options: z.object({ base_url: baseUrl("https://cameras.example") }),
    scrape,
  });
}

describe("runSource", () => {
  it("gives cameras as the registry holds them, and everything else the source said", async () => {
    const source = sourceThat(async (ctx) => {
      ctx.progress({ done: 1, total: 2, message: "halfway" });
      await ctx.emit({
        id: "1",
        name: "One",
        lat: 0,
        lon: 0,
        stream_url: "https://cameras.example/1.jpg",
        stream_kind: "jpeg",
      });
      await ctx.emit({ id: "2", name: "Two", stream_url: "rtsp://cameras.example/2", stream_kind: "rtsp" });
      ctx.reject("3", "has no picture");
      ctx.partial("page 2 is missing");
    });
    const { cameras, rejected, progress, partial } = await runSource(source);
    expect(cameras).toMatchObject([
      { id: "example:1", source_id: "example", lat: null, city: null, attribution: "Example Agency" },
    ]);
    expect(rejected.map(({ raw_id }) => raw_id)).toEqual(["2", "3"]);
    expect(progress).toEqual([{ done: 1, total: 2, message: "halfway" }]);
    expect(partial).toEqual(["page 2 is missing"]);
  });

  it("hands over the declared environment and nothing else", async () => {
    let env = {};
    const source = sourceThat(async (ctx) => void (env = ctx.env));
    await runSource(source, { env: { EXAMPLE_KEY: "k", HOME: "/home/me" } });
    expect(env).toEqual({ EXAMPLE_KEY: "k" });
  });
});

describe("serveFixtures", () => {
  it("matches by path, by path and query, by expression and by function, and tells what was not asked for", async () => {
    await using server = await serveFixtures([
      { path: "/a", body: "path" },
      { path: "/b?page=2", body: "query" },
      { path: /\/c\/\d+$/u, body: "expression" },
      { path: ({ searchParams }) => searchParams.has("d"), body: { by: "function" } },
      { path: "/never" },
    ]);
    const texts = await Promise.all(
      ["/a?x=1", "/b?page=2", "/c/12", "/?d=1"].map(async (path) => (await fetch(server.url + path)).text()),
    );
    expect(texts).toEqual(["path", "query", "expression", '{"by":"function"}']);
    expect((await fetch(`${server.url}/b?page=3`)).status).toBe(404);
    expect(server.unmatched).toEqual(["/b?page=3"]);
    expect(server.unused().map(({ path }) => path)).toEqual(["/never"]);
  });
});
