import { existsSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH =
  "/dataset/a3309088-5fd4-4d34-8297-77c8301840ac/resource/4a568300-c7f8-496d-b150-dff6f5dc6d4f/download/traffic-camera-list-4326.geojson";
// The origin does not say that its file is JSON.
const ASKED = { path: PATH, contentType: "application/octet-stream" };
// One camera has no picture.
const FIXTURES: Fixture[] = [
  { ...ASKED, bodyFile: new URL("../fixtures/traffic-camera-list.json", import.meta.url), rejected: 1 },
];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("toronto-rescu", () => {
  async function scrape(fixtures: readonly Fixture[] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole, with the first point of its many", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "toronto-rescu:99001",
      name: "EXAMPLE ST & SAMPLE BLVD / MODEL WAY",
      lat: 43.65,
      lon: -79.38,
      country: "CA",
      region: "Ontario",
      city: "Toronto",
      stream_url: "https://cameras.example/tmc/CameraImages/loc99001.jpg",
      stream_kind: "jpeg",
      snapshot_url: null,
      tags: ["traffic"],
      licence: "Open Government Licence – Toronto",
    });
  });

  it("lists one camera for each number, and no still for comparison", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ id }) => id)).toEqual(
      [99_001, 99_002, 99_003, 99_004, 99_005].map((number) => `toronto-rescu:${number}`),
    );
  });

  it("takes no direction of a still for comparison for where a camera looks, not even a single one", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ heading_deg }) => heading_deg)).toEqual([null, null, null, null, null]);
  });

  it("names a camera by the roads it has, else by its number", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2, 4).map(({ name }) => name)).toEqual(["EXAMPLE EXPY", "Camera 99004"]);
  });

  it("reads coordinates as text, and knows no place without points or outside the city", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2).map(({ lat, lon }) => [lat, lon])).toEqual([
      [43.66, -79.4],
      [null, null],
      [null, null],
    ]);
  });

  it("turns away a camera without a picture, and names it by its number", async () => {
    const { rejected } = await scrape();
    expect(rejected).toEqual([{ raw_id: "99006", reason: expect.stringContaining("properties.IMAGEURL") }]);
  });

  const recorded = new URL("../../../../shared/camdata/toronto/rescu-one-feature.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ ...ASKED, bodyFile: recorded }]);
    expect(cameras).toHaveLength(1);
    expect(cameras[0]).toMatchObject({
      id: "toronto-rescu:8001",
      name: "YORK ST & BREMNER BLVD / RAPTORS WAY",
      lat: 43.64312,
      lon: -79.381386,
      heading_deg: null,
    });
    expect(rejected).toEqual([]);
  });
});
