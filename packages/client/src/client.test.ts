import { readdirSync, readFileSync } from "node:fs";

import { isArgusError } from "@argus/core";
import { describe, expect, it } from "vitest";

import { createArgusClient } from "./client.ts";
import { sendJson, serve } from "./testing/server.ts";

const SCRAPE = { id: "s1", state: "running" };
const CONFIRMED = { gone: 3, scrape: null };

describe("a call", () => {
  it.each([
    ["GET /api/health", "", { status: "ready" }, { status: "ready" }, (client) => client.health()],
    ["GET /api/sources", "", { sources: [1] }, [1], (client) => client.sources()],
    ["GET /api/sources/%40x%2Fodd", "", { id: 1 }, { id: 1 }, (client) => client.source("@x/odd")],
    ["PATCH /api/sources/demo", '{"enabled":true}', {}, {}, (client) => client.changeSource("demo", { enabled: true })],
    ["POST /api/sources/demo/reset", "", {}, {}, (client) => client.resetSource("demo")],
    ["POST /api/sources/demo/confirm", "", CONFIRMED, CONFIRMED, (client) => client.confirmSource("demo")],
    ["POST /api/scrapes", '{"sources":["demo"]}', { scrape: SCRAPE }, SCRAPE, (client) => client.startScrape(["demo"])],
    ["GET /api/scrapes/current", "", { scrape: null }, null, (client) => client.currentScrape()],
    ["GET /api/scrapes", "", { scrapes: [SCRAPE] }, [SCRAPE], (client) => client.scrapes()],
    ["GET /api/scrapes?limit=3", "", { scrapes: [] }, [], (client) => client.scrapes(3)],
    ["DELETE /api/scrapes/current", "", { scrape: SCRAPE }, SCRAPE, (client) => client.cancelScrape()],
    [
      "DELETE /api/scrapes/current?source=demo",
      "",
      { scrape: SCRAPE },
      SCRAPE,
      (client) => client.cancelScrape({ source: "demo" }),
    ],
    ["GET /api/cameras", "", { total: 0 }, { total: 0 }, (client) => client.cameras()],
    [
      "GET /api/cameras?country=GB&country=FR&limit=5",
      "",
      {},
      {},
      (client) => client.cameras({ country: ["GB", "FR"], limit: 5 }),
    ],
    ["GET /api/cameras/tfl%3Aa%2Fb%20c", "", { id: 1 }, { id: 1 }, (client) => client.camera("tfl:a/b c")],
    ["GET /api/facets?q=a%26b", "", {}, {}, (client) => client.facets({ q: "a&b" })],
    [
      "GET /api/cameras.geojson?kind=jpeg&fields=id%2Cname",
      "",
      {},
      {},
      (client) => client.geojson({ kind: ["jpeg"] }, { fields: ["id", "name"] }),
    ],
    [
      "GET /api/extent?favourite=yes",
      "",
      { bbox: null },
      { bbox: null },
      (client) => client.extent({ favourite: "yes" }),
    ],
    ["GET /api/changes", "", { next: "3-7" }, { next: "3-7" }, (client) => client.changes()],
    ["GET /api/changes?since=3-7&limit=50", "", {}, {}, (client) => client.changes("3-7", { limit: 50 })],
  ] satisfies [string, string, unknown, unknown, (client: ReturnType<typeof createArgusClient>) => Promise<unknown>][])(
    "%s %s",
    async (asked, body, answer, result, call) => {
      await using server = await serve((_asked, response) => sendJson(response, answer));
      expect(await call(createArgusClient({ baseUrl: `${server.url}/` }))).toEqual(result);
      expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([asked]);
      expect(server.asked).toMatchObject([{ body, headers: { accept: "application/json" } }]);
      expect(server.asked[0]?.headers["content-type"]).toBe(body === "" ? undefined : "application/json");
    },
  );
});

describe("an error", () => {
  it.each([
    [409, "ARGUS_SCRAPE_RUNNING", false],
    [404, "ARGUS_CAMERA_UNKNOWN", false],
    [503, "ARGUS_HEALTH_NOT_READY", true],
  ])("of status %i is the server's, with code %s", async (status, code, retryable) => {
    await using server = await serve((_asked, response) =>
      sendJson(response, { error: { code, message: "why", details: ["x"] } }, status),
    );
    const error = await createArgusClient({ baseUrl: server.url })
      .health()
      .catch((caught: unknown) => caught);
    expect(isArgusError(error)).toBe(true);
    expect(error).toMatchObject({ code, message: "why", details: ["x"], status, retryable });
  });

  it("of a server that is not there is ARGUS_CLIENT_UNREACHABLE, and names the address", async () => {
    const server = await serve(() => undefined);
    await server.close();
    await expect(createArgusClient({ baseUrl: server.url }).sources()).rejects.toMatchObject({
      code: "ARGUS_CLIENT_UNREACHABLE",
      retryable: true,
      message: expect.stringContaining(server.url),
    });
  });

  it("of an answer cut off in the middle is ARGUS_CLIENT_UNREACHABLE", async () => {
    await using server = await serve((_asked, response) => {
      response.writeHead(200, { "content-length": 100 }).write('{"sources":', () => response.destroy());
    });
    await expect(createArgusClient({ baseUrl: server.url }).sources()).rejects.toMatchObject({
      code: "ARGUS_CLIENT_UNREACHABLE",
    });
  });

  it.each([200, 500])("of another program's answer (%i) is ARGUS_CLIENT_ANSWER_INVALID", async (status) => {
    await using server = await serve((_asked, response) => response.writeHead(status).end("<!doctype html>"));
    await expect(createArgusClient({ baseUrl: server.url }).sources()).rejects.toMatchObject({
      code: "ARGUS_CLIENT_ANSWER_INVALID",
      status,
      retryable: false,
    });
  });

  it("of a server that never answers is ARGUS_CLIENT_TIMEOUT", async () => {
    await using server = await serve(() => undefined);
    await expect(createArgusClient({ baseUrl: server.url, timeoutMs: 20 }).sources()).rejects.toMatchObject({
      code: "ARGUS_CLIENT_TIMEOUT",
      retryable: true,
    });
  });

  it("of the caller's abort is the caller's reason", async () => {
    const left = new AbortController();
    const reason = new Error("another filter was chosen");
    await using server = await serve(() => left.abort(reason));
    await expect(createArgusClient({ baseUrl: server.url }).cameras({}, { signal: left.signal })).rejects.toBe(reason);
  });
});

describe("a URL", () => {
  const client = createArgusClient();

  it.each([
    [client.streamUrl("demo:1"), "/api/cameras/demo%3A1/stream"],
    [client.snapshotUrl("demo:1"), "/api/cameras/demo%3A1/snapshot"],
    [client.snapshotUrl("demo:1", { at: 5 }), "/api/cameras/demo%3A1/snapshot?at=5"],
    [client.exportUrl("csv", { country: ["GB"] }), "/api/cameras.csv?country=GB"],
    [client.exportUrl("kml"), "/api/cameras.kml"],
    [client.geojsonUrl({ q: "x" }, { fields: ["id"] }), "/api/cameras.geojson?q=x&fields=id"],
    [client.scrapeStreamUrl(), "/api/scrapes/stream"],
    [client.tileUrlTemplate(), "/api/tiles/{z}/{x}/{y}.mvt"],
    [client.tileUrlTemplate({ q: "{z}", gone: "any" }), "/api/tiles/{z}/{x}/{y}.mvt?q=%7Bz%7D&gone=any"],
    [createArgusClient({ baseUrl: "http://a:1//" }).streamUrl("d:1"), "http://a:1/api/cameras/d%3A1/stream"],
  ])("%s", (url, expected) => {
    expect(url).toBe(expected);
  });
});

it("takes nothing but types from core, for core would bring zod into a page", () => {
  const own = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/u.test(name));
  const imports = own.flatMap(
    (name) =>
      readFileSync(`${import.meta.dirname}/${name}`, "utf8").match(/^(?:import|export).* from "[^.].*"/gmu) ?? [],
  );
  expect(imports.length).toBeGreaterThan(2);
  expect(imports.filter((line) => !/^import type .* from "@argus\/core"$/u.test(line))).toEqual([]);
});
