import { existsSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const KEY = "an-invented-key";
// One camera has no picture.
const WEBCAMS: Fixture = {
  path: "/v1/webcams",
  query: { apikey: KEY },
  bodyFile: new URL("../fixtures/webcams.json", import.meta.url),
  rejected: 1,
};
const FLOODCAMS: Fixture = {
  path: "/v1/floodcams",
  query: { apikey: KEY },
  bodyFile: new URL("../fixtures/floodcams.json", import.meta.url),
};
const FIXTURES = [WEBCAMS, FLOODCAMS];
const env = { QLDTRAFFIC_API_KEY: KEY };

testSource(source, { describe, it, env, fixtures: FIXTURES });

describe("qld-traffic", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { env, options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole, and takes where it looks from its direction and not from its name", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "qld-traffic:9001",
      name: "Example Creek - Sample Motorway & Mill Rd - North",
      lat: -27.5,
      lon: 153.1,
      country: "AU",
      region: "Queensland",
      city: "Example Creek",
      heading_deg: 45,
      stream_url: "https://cameras.example/Metro/Example_Creek_sth.jpg",
      stream_kind: "jpeg",
      refresh_s: null,
      tags: ["traffic"],
      attribution: source.attribution,
      licence: "CC-BY-4.0",
    });
  });

  it("keeps the flood cameras' numbers apart from the traffic cameras'", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ id }) => id.replace(/^qld-traffic:/u, ""))).toEqual([
      "9001",
      "9002",
      "9003",
      "9004",
      "9005",
      "flood-9001",
      "flood-9011",
    ]);
    expect(cameras.at(-1)).toMatchObject({ tags: ["traffic", "flood"] });
  });

  it("credits another provider's picture to it, under no licence that it did not give", async () => {
    const { cameras } = await scrape();
    const council = cameras.find(({ id }) => id === "qld-traffic:flood-9001");
    expect(council).toMatchObject({
      attribution: "Example Shire Council, published by QLDTraffic",
      licence: "unknown",
    });
    const department = cameras.find(({ id }) => id === "qld-traffic:flood-9011");
    expect(department).toMatchObject({ attribution: source.attribution, licence: "CC-BY-4.0", description: null });
  });

  it("reads how often a picture is new from the notice, where there is one", async () => {
    const { cameras } = await scrape();
    expect(cameras.find(({ id }) => id === "qld-traffic:flood-9001")).toMatchObject({
      refresh_s: 1800,
      description: "New images available every 30 minutes. Images between 6pm and 6am may be of reduced quality",
    });
  });

  it("puts swapped coordinates right, and knows no place at (0, 0) or outside Queensland", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2, 5).map(({ lat, lon, city, heading_deg }) => [lat, lon, city, heading_deg])).toEqual([
      [-27.6, 152.9, "Testville", 270],
      [null, null, null, null],
      [null, null, "Faraway", 90],
    ]);
  });

  it("encodes spaces of a picture's address", async () => {
    const { cameras } = await scrape();
    expect(cameras[1]?.stream_url).toBe("https://cameras.example/Far_North/harbour%20south.jpg");
  });

  it("turns away a camera without a picture, and names it by its number", async () => {
    const { rejected } = await scrape();
    expect(rejected).toEqual([{ raw_id: "9006", reason: expect.stringContaining("properties.image_url") }]);
  });

  it("lists the traffic cameras when the flood cameras fail, and says that it is not all", async () => {
    const { cameras, partial } = await scrape([WEBCAMS, { path: "/v1/floodcams", status: 404, body: "gone" }]);
    expect(cameras).toHaveLength(5);
    expect(partial).toEqual([expect.stringMatching(/^floodcams: .*404/u)]);
  });

  it("tells a refused key by its status, and does not repeat the key", async () => {
    const refused = ["/v1/webcams", "/v1/floodcams"].map((path) => ({ path, status: 401, body: "no such key" }));
    const error: unknown = await scrape(refused).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "ARGUS_SOURCE_HTTP_STATUS", message: expect.stringContaining("401") });
    expect(JSON.stringify([error, String(error)])).not.toContain(KEY);
  });

  const recorded = new URL("../../../../shared/camdata/queensland/qld-webcams-sample-2026-10-01.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: "/v1/webcams", bodyFile: recorded }, FLOODCAMS]);
    const recordedCameras = cameras.filter(({ tags }) => !tags.includes("flood"));
    expect(recordedCameras).toHaveLength(20);
    expect(recordedCameras.filter(({ lat, heading_deg }) => lat === null || heading_deg === null)).toEqual([]);
    expect(rejected).toEqual([]);
  });
});
