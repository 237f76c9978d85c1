import { ArgusError } from "@argus/core";
import { describe, expect, it } from "vitest";

import { makeScrape, makeSource } from "../testing/cameras.ts";
import { ask, refusal, startApi, type TestApi } from "../testing/server.ts";

const JSON_HEADERS = { "content-type": "application/json" };
const post = (body: string, headers: Record<string, string> = JSON_HEADERS) => ({ method: "POST", headers, body });

async function answer(api: TestApi, path: string, init?: Parameters<typeof ask>[2]): Promise<unknown> {
  return JSON.parse((await ask(api, path, init)).body);
}

describe("sources", () => {
  it("are listed, the broken ones with their reason", async () => {
    await using api = await startApi();
    api.sources.sources = [makeSource(), makeSource({ id: "bad", state: "broken", message: "no default export" })];
    expect(await answer(api, "/api/sources")).toEqual({ sources: api.sources.sources });
  });
});

describe("scrapes", () => {
  it("start, are seen running, and are cancelled", async () => {
    await using api = await startApi();
    const { status, body } = await ask(api, "/api/scrapes", post('{"sources":["demo","demo"]}'));
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: 202, body: { scrape: makeScrape() } });
    expect(api.sources.started).toEqual([["demo"]]);
    expect(await answer(api, "/api/scrapes/current")).toEqual({ scrape: makeScrape() });
    const cancelled = await ask(api, "/api/scrapes/current", { method: "DELETE" });
    expect(cancelled.status).toBe(200);
    expect(JSON.parse(cancelled.body)).toMatchObject({ scrape: { state: "cancelled" } });
    expect(await answer(api, "/api/scrapes/current")).toEqual({ scrape: null });
  });

  it("are cancelled for one source alone, which has to be running", async () => {
    await using api = await startApi();
    await ask(api, "/api/scrapes", post('{"sources":["demo"]}'));
    const path = "/api/scrapes/current?source=";
    expect(await refusal(api, `${path}other`, { method: "DELETE" })).toMatchObject({
      status: 404,
      code: "ARGUS_SCRAPE_NONE",
      message: expect.stringContaining("other"),
    });
    for (const wrong of ["", "../etc", "demo&source=demo", "demo&sources=demo"])
      expect(await refusal(api, path + wrong, { method: "DELETE" })).toMatchObject({
        status: 400,
        code: "ARGUS_QUERY_INVALID",
        message: expect.stringContaining("source"),
      });
    expect(api.sources.running).not.toBeNull();
    const cancelled = await ask(api, `${path}demo`, { method: "DELETE" });
    expect(JSON.parse(cancelled.body)).toMatchObject({ scrape: { state: "cancelled" } });
  });

  it("refuse a second one, an unknown source, and to cancel what does not run", async () => {
    await using api = await startApi();
    expect(await refusal(api, "/api/scrapes/current", { method: "DELETE" })).toMatchObject({
      status: 404,
      code: "ARGUS_SCRAPE_NONE",
    });
    expect(await refusal(api, "/api/scrapes", post('{"sources":["nowhere"]}'))).toMatchObject({
      status: 422,
      code: "ARGUS_SOURCE_UNKNOWN",
    });
    await ask(api, "/api/scrapes", post('{"sources":["demo"]}'));
    expect(await refusal(api, "/api/scrapes", post('{"sources":["demo"]}'))).toMatchObject({
      status: 409,
      code: "ARGUS_SCRAPE_RUNNING",
    });
    api.sources.start = () => Promise.reject(new ArgusError("ARGUS_SCRAPE_BUSY", "20 run", { retryable: true }));
    const { status, headers } = await ask(api, "/api/scrapes", post('{"sources":["demo"]}'));
    expect({ status, wait: headers["retry-after"] }).toEqual({ status: 429, wait: "5" });
  });

  it.each([
    ["{}", "sources"],
    ['{"sources":"demo"}', "sources"],
    ['{"sources":[]}', "sources"],
    ['{"sources":["demo",7]}', "sources.1"],
    ['{"sources":["../etc"]}', "sources.0"],
    ['{"sources":["demo"],"force":true}', "force"],
    ["[]", "the body"],
    ["null", "the body"],
    ['{"__proto__":{"sources":["demo"]}}', "sources"],
  ])("refuse the body %s with 422 and name %s", async (body, named) => {
    await using api = await startApi();
    const told = await refusal(api, "/api/scrapes", post(body));
    expect(told).toMatchObject({ status: 422, code: "ARGUS_REQUEST_INVALID", message: expect.stringContaining(named) });
    expect(api.sources.started).toEqual([]);
  });

  it.each([
    ["a body that is no JSON", post("{sources"), 400, "ARGUS_REQUEST_MALFORMED"],
    [
      "a body of another type",
      post('{"sources":["demo"]}', { "content-type": "text/plain" }),
      415,
      "ARGUS_REQUEST_CONTENT_TYPE",
    ],
    ["no body at all", { method: "POST" }, 415, "ARGUS_REQUEST_CONTENT_TYPE"],
    [
      "an unknown charset",
      post("{}", { "content-type": "application/json; charset=klingon" }),
      415,
      "ARGUS_REQUEST_CONTENT_TYPE",
    ],
    ["a body over 64 KB", post(JSON.stringify({ sources: ["x".repeat(70_000)] })), 413, "ARGUS_REQUEST_TOO_LARGE"],
  ])("refuse %s", async (_what, init, status, code) => {
    await using api = await startApi();
    expect(await refusal(api, "/api/scrapes", init)).toMatchObject({ status, code });
    expect(api.sources.started).toEqual([]);
  });

  it("have a history as long as one asks for", async () => {
    await using api = await startApi();
    api.store.history = Array.from({ length: 30 }, (_, index) => makeScrape({ id: `s${index}`, state: "complete" }));
    expect(((await answer(api, "/api/scrapes")) as { scrapes: unknown[] }).scrapes).toHaveLength(20);
    expect(await answer(api, "/api/scrapes?limit=1")).toEqual({ scrapes: [api.store.history[0]] });
  });

  it.each(["limit=0", "limit=201", "limit=ten", "limit=", "limit=0x10", "limit=1&limit=2", "limits=3"])(
    "refuse the history query %s by name",
    async (query) => {
      await using api = await startApi();
      expect(await refusal(api, `/api/scrapes?${query}`)).toMatchObject({
        status: 400,
        code: "ARGUS_QUERY_INVALID",
        message: expect.stringContaining("limit"),
      });
    },
  );
});
