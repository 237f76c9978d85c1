import { existsSync, readFileSync } from "node:fs";

import { type Fixture, resolveCamera, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const API = "/webcams/api/v3";
const COUNTRIES: Fixture = { path: `${API}/countries`, body: [{ code: "CH", name: "Switzerland" }] };
const WEBCAMS: Fixture = {
  path: `${API}/webcams`,
  query: { countries: "CH", limit: "50", offset: "0" },
  bodyFile: new URL("../fixtures/webcams-ch.json", import.meta.url),
};
const ONE: Fixture = {
  path: `${API}/webcams/1000000001?include=images`,
  bodyFile: new URL("../fixtures/webcam.json", import.meta.url),
};

testSource(source, {
  describe,
  it,
  fixtures: [COUNTRIES, WEBCAMS],
  resolve: { id: "1000000001", fixtures: [ONE] },
});

const webcam = (webcamId: number, title = `Sample ${webcamId}`, location: object = {}) => ({
  webcamId,
  title,
  status: "active",
  location,
});
const webcams = (first: number, count: number) => Array.from({ length: count }, (_, index) => webcam(first + index));
const list = (query: Record<string, string>, total: number, rows: object[]): Fixture => ({
  path: `${API}/webcams`,
  query,
  body: { total, webcams: rows },
});
const places = (name: string, ...codes: string[]): Fixture => ({
  path: `${API}/${name}`,
  body: codes.map((code) => ({ code, id: code, name: code })),
});

async function scrape(fixtures: readonly Fixture[], options: object = {}) {
  await using origin = await serveFixtures(fixtures);
  const result = await runSource(source, { rerouteTo: origin.url, options: { ...options } });
  expect(origin.unmatched).toEqual([]);
  expect(origin.unused()).toEqual([]);
  return { ...result, ids: result.cameras.map(({ id }) => id.replace("windy:", "")), requests: origin.requests };
}

describe("windy", () => {
  it("asks to be left out of bulk sweeps, as its terms do", () => {
    expect(source.bulk).toBe(false);
  });

  it("reads a webcam whole, under an address that stays", async () => {
    const { cameras } = await scrape([COUNTRIES, WEBCAMS]);
    expect(cameras[0]).toMatchObject({
      id: "windy:1000000001",
      name: "Exampleville › North-west: Sample Ski & Sports",
      lat: 46.5,
      lon: 8.25,
      country: "CH",
      region: "Sample Canton",
      city: "Exampleville",
      heading_deg: 315,
      stream_url: "https://api.windy.com/webcams/api/v3/webcams/1000000001",
      stream_kind: "jpeg",
      snapshot_url: null,
      page_url: "https://windy.example/webcams/1000000001",
      tags: ["weather", "sports area"],
      attribution: expect.stringContaining("Webcams provided by windy.com"),
    });
  });

  it("leaves out what is not active, and open what is empty or (0, 0)", async () => {
    const { cameras, partial } = await scrape([COUNTRIES, WEBCAMS]);
    expect(cameras).toHaveLength(2);
    expect(cameras[1]).toMatchObject({ id: "windy:1000000002", lat: null, lon: null, city: null, tags: [] });
    expect(partial).toEqual([]);
  });

  it.each([
    ["Sample › North-east: Example › North-East", 45],
    ["Sample › South", 180],
    ["Sample › South-west: › South-West", 225],
    ["Sample: South Example Street", null],
    ["Sample › Westbahnhof", null],
    ["Sample › North Example", null],
  ])("of %j takes the heading %j", async (title, heading) => {
    const { cameras } = await scrape([COUNTRIES, list({}, 1, [webcam(1, title)])]);
    expect(cameras.map(({ heading_deg }) => heading_deg)).toEqual([heading]);
  });

  it("asks for the countries that were named, each once, and for no others", async () => {
    const fixtures = [list({ countries: "CH" }, 1, [webcam(1)]), list({ countries: "AT" }, 1, [webcam(2)])];
    const { ids, requests } = await scrape(fixtures, { countries: "ch, AT ch" });
    expect(ids).toEqual(["1", "2"]);
    expect(requests).toHaveLength(2);
  });

  it("reads on page by page until all were given", async () => {
    const { ids, partial } = await scrape(
      [list({ offset: "0" }, 60, webcams(1, 50)), list({ offset: "50" }, 60, webcams(51, 10))],
      { countries: "CH" },
    );
    expect(new Set(ids).size).toBe(60);
    expect(partial).toEqual([]);
  });

  it("reads a country that is too large by region, and a region that is by category, each webcam once", async () => {
    const { ids, partial, requests } = await scrape(
      [
        list({ countries: "CH" }, 103, webcams(1, 50)),
        places("regions", "AT.01", "CH.01", "CH.02"),
        list({ regions: "CH.01" }, 40, webcams(31, 40)),
        places("categories", "beach", "city"),
        list({ regions: "CH.02", categories: "beach" }, 20, webcams(71, 20)),
        list({ regions: "CH.02", categories: "city" }, 15, webcams(89, 15)),
        list({ regions: "CH.02" }, 63, [...webcams(1, 30), ...webcams(71, 20)]),
      ],
      { countries: "CH", max_offset: 0 },
    );
    expect(ids.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, index) => index + 1));
    expect(requests).toHaveLength(7);
    expect(partial).toEqual([]);
  });

  it("does not call it complete when webcams stay out of reach", async () => {
    const { ids, partial } = await scrape(
      [
        list({ countries: "CH", categories: "beach" }, 70, webcams(1, 50)),
        list({ countries: "CH" }, 90, webcams(1, 50)),
        places("regions", "AT.01"),
        places("categories", "beach"),
      ],
      { countries: "CH", max_offset: 0 },
    );
    expect(ids).toHaveLength(50);
    expect(partial).toEqual(["CH, beach: 50 of 70 webcams were given", "CH: 50 of 90 webcams were given"]);
  });

  it("stops at max_requests, and says what was not read", async () => {
    const { ids, partial, requests } = await scrape(
      [places("countries", "AT", "CH", "DE"), list({ countries: "AT" }, 70, webcams(1, 50))],
      { max_requests: 2 },
    );
    expect(ids).toHaveLength(50);
    expect(requests).toHaveLength(2);
    expect(partial).toEqual([
      "AT: 50 of 70 webcams were given",
      "max_requests was reached before 2 countries, from CH on, were read",
    ]);
  });

  it("reads the other countries when one fails", async () => {
    const { ids, partial } = await scrape(
      [
        { path: `${API}/webcams`, query: { countries: "AT" }, status: 400, body: "no" },
        list({ countries: "CH" }, 1, [webcam(2)]),
      ],
      { countries: "AT, CH" },
    );
    expect(ids).toEqual(["2"]);
    expect(partial).toEqual([expect.stringMatching(/^AT: .*400/u)]);
  });

  it("takes a country without webcams for an answer, and none in any for a mistake", async () => {
    const nothing = list({ countries: "VA" }, 0, []);
    expect((await scrape([nothing, list({}, 1, [webcam(2)])], { countries: "VA, CH" })).partial).toEqual([]);
    await expect(scrape([nothing], { countries: "VA" })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_EMPTY",
      message: expect.stringContaining("VA"),
    });
  });

  it("ends at once when the key is refused", async () => {
    await expect(scrape([{ ...COUNTRIES, status: 403 }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_HTTP_STATUS" });
  });

  it("hands the key over in the header, and nowhere else", async () => {
    await using origin = await serveFixtures([COUNTRIES, WEBCAMS]);
    const arrived = origin.nextRequest();
    const env = { WINDY_API_KEY: "invented" };
    const { cameras } = await runSource(source, { rerouteTo: origin.url, env });
    expect((await arrived).headers["x-windy-api-key"]).toBe("invented");
    expect(JSON.stringify([origin.requests, cameras])).not.toContain("invented");
  });

  it("refuses options that are none", () => {
    expect(source.options.safeParse({ countries: "Switzerland" }).success).toBe(false);
    expect(source.options.safeParse({ max_offset: 20_000 }).success).toBe(false);
  });
});

describe("windy's resolve", () => {
  async function resolve(fixture: Fixture) {
    const { cameras } = await scrape([COUNTRIES, WEBCAMS]);
    await using origin = await serveFixtures([fixture]);
    return await resolveCamera(source, { ...cameras[0]!, id: "1000000001" }, { rerouteTo: origin.url });
  }

  it("tells where the present picture is, for less than its ten minutes", async () => {
    expect(await resolve(ONE)).toEqual({
      stream_url: "https://images.cameras.example/_/preview/plain/current/1000000001/original.jpg?v=2",
      expires_in_s: 540,
    });
  });

  it("says so where a webcam has none", async () => {
    await expect(resolve({ path: ONE.path, body: { webcamId: 1, images: { current: {} } } })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_NO_PICTURE",
      retryable: true,
    });
  });
});

describe("windy, recorded", () => {
  const recorded = new URL("../../../../shared/camdata/windy/windy-probe.txt", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads the webcam that a probe of the origin wrote down whole", async () => {
    const [, example = ""] = readFileSync(recorded, "utf8").split("EJEMPLO COMPLETO (json):\n");
    const row: unknown = JSON.parse(example.slice(0, example.indexOf("\n}\n") + 2));
    const { cameras } = await scrape([list({}, 1, [row as object])], { countries: "IT" });
    expect(cameras[0]).toMatchObject({
      name: "Parma › North-west",
      lat: 44.79987,
      country: "IT",
      city: "Parma",
      heading_deg: 315,
      page_url: "https://windy.com/webcams/1203536559",
      tags: ["weather"],
    });
  });
});
