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

  it("sends what is meant for any declared host to one server, and refuses the rest", async () => {
    const source = sourceThat(async (ctx) => {
      await ctx.http.text("https://cameras.example/list?page=1");
      await ctx.http.text("https://other.example/list").catch((error: unknown) => ctx.reject("other", String(error)));
    });
    await using server = await serveFixtures([{ path: "/list", host: "cameras.example", body: "one" }]);
    const { rejected } = await runSource(source, { rerouteTo: server.url });
    expect(server.requests).toEqual(["/list?page=1"]);
    expect(rejected).toEqual([{ raw_id: "other", reason: expect.stringContaining('host "other.example"') }]);
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

  it("matches by method, parameters and body, the first fixture that fits", async () => {
    await using server = await serveFixtures([
      { path: "/q", method: "POST", requestBody: "one", body: "posted one" },
      { path: "/q", requestBody: (text) => text.endsWith("two"), body: "posted two" },
      { path: "/q", query: { page: "2" }, body: "page two" },
      { path: "/q", method: "GET", body: "got" },
    ]);
    const ask = async (query: string, body?: string): Promise<string> =>
      (await fetch(`${server.url}/q${query}`, body === undefined ? {} : { method: "POST", body })).text();
    expect([await ask("", "is one"), await ask("", "is two"), await ask("?a=1&page=2"), await ask("")]).toEqual([
      "posted one",
      "posted two",
      "page two",
      "got",
    ]);
    expect(await ask("?page=3", "three")).toContain("no fixture");
    expect(server.unmatched).toEqual(["POST /q?page=3"]);
  });

  it("has no robots.txt unless a fixture says so, and does not count who asks for it", async () => {
    await using server = await serveFixtures([{ path: "/a" }]);
    expect((await fetch(`${server.url}/robots.txt`)).status).toBe(404);
    expect([server.requests, server.unmatched]).toEqual([[], []]);
    await using other = await serveFixtures([{ path: "/robots.txt", body: "User-agent: *" }]);
    expect(await (await fetch(`${other.url}/robots.txt`)).text()).toBe("User-agent: *");
    expect(other.requests).toEqual(["/robots.txt"]);
  });

  it("empties lists of JSON, and leaves a CSV file its header", async () => {
    await using server = await serveFixtures(
      [
        { path: "/json", body: { total: 1, rows: [{ id: 1 }], deep: { list: [1] } } },
        { path: "/csv", body: "id,name\n1,One", contentType: "text/csv" },
        { path: "/html", body: "<p>One</p>" },
        { path: "/own", body: "<p>One</p>", empty: "<p></p>" },
      ],
      { fault: "empty" },
    );
    const texts = await Promise.all(
      ["/json", "/csv", "/html", "/own"].map(async (path) => (await fetch(server.url + path)).text()),
    );
    expect(texts).toEqual(['{"total":1,"rows":[],"deep":{"list":[]}}', "id,name", "", "<p></p>"]);
  });
});
