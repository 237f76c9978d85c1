import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const KML = "/traffic/api/HighwayCameras/kml.aspx";
const API = "/Traffic/api/HighwayCameras/HighwayCamerasREST.svc/GetCamerasAsJson";
const KEYED = { access_code: "0000-example" };
// One placemark has no picture.
const KEYLESS_FIXTURES = [
  { path: KML, bodyFile: new URL("../fixtures/highway-cameras.kml", import.meta.url), rejected: 1 },
];
const KEYED_FIXTURES = [
  {
    path: API,
    query: { AccessCode: "0000-example" },
    bodyFile: new URL("../fixtures/get-cameras.json", import.meta.url),
  },
];

testSource(source, { describe, it, fixtures: KEYLESS_FIXTURES });
describe("with an access code", () => {
  it("asks to be left out of bulk sweeps, as its terms do", () => {
    expect(source.bulk).toBe(false);
  });

  testSource(source, { describe, it, fixtures: KEYED_FIXTURES, options: KEYED });
});

async function scrape(fixtures: Parameters<typeof serveFixtures>[0], options = {}) {
  await using origin = await serveFixtures(fixtures);
  return await runSource(source, { options: { base_url: origin.url, ...options } });
}

describe("wsdot without an access code", () => {
  it("reads a placemark whole, its id without the word before it", async () => {
    const { cameras } = await scrape(KEYLESS_FIXTURES);
    expect(cameras[1]).toMatchObject({
      id: "wsdot:9002",
      name: "I-1 at MP 9.8: S 9th & Main St looking South",
      lat: 47.25,
      lon: -122.5,
      country: "US",
      region: "Washington",
      heading_deg: 180,
      stream_url: "https://images.wsdot.wa.gov/ORExample/001vc00980.jpg",
      stream_kind: "jpeg",
      tags: ["traffic"],
      attribution: "Washington State Department of Transportation",
    });
  });

  it("tells airports and ferries from traffic by their folders", async () => {
    const { cameras } = await scrape(KEYLESS_FIXTURES);
    expect([cameras[0]?.tags, cameras[3]?.tags]).toEqual([["airport"], ["ferry"]]);
  });

  it("credits the host of a picture that is not WSDOT's", async () => {
    const { cameras } = await scrape(KEYLESS_FIXTURES);
    expect(cameras[2]).toMatchObject({
      stream_url: "https://www.cameras.example/RoadCams/I-1%20Bridge%20SB.jpg",
      attribution: "www.cameras.example, listed by the Washington State Department of Transportation",
      heading_deg: null,
    });
  });

  it("takes (0, 0) for no place", async () => {
    const { cameras } = await scrape(KEYLESS_FIXTURES);
    expect(cameras[3]).toMatchObject({ lat: null, lon: null });
  });

  it("turns away a placemark without a picture, by its id", async () => {
    const { rejected } = await scrape(KEYLESS_FIXTURES);
    expect(rejected).toEqual([{ raw_id: "ID 9005", reason: "image: must be an http or https URL" }]);
  });
});

describe("wsdot with an access code", () => {
  it("gives a camera the id it has without one, with what only the API knows", async () => {
    const { cameras } = await scrape(KEYED_FIXTURES, KEYED);
    expect(cameras[1]).toMatchObject({
      id: "wsdot:9003",
      heading_deg: 0,
      page_url: "https://www.cameras.example/",
      attribution: "Example DOT, listed by the Washington State Department of Transportation",
    });
  });

  it("takes the camera's own place where the one to show is unknown", async () => {
    const { cameras } = await scrape(KEYED_FIXTURES, KEYED);
    expect(cameras[1]).toMatchObject({ lat: 45.6, lon: -122.6 });
  });

  it("takes B for both ways, and then the title's word", async () => {
    const { cameras } = await scrape(KEYED_FIXTURES, KEYED);
    expect(cameras[0]?.heading_deg).toBe(180);
  });

  it("leaves out what is not active", async () => {
    const { cameras } = await scrape(KEYED_FIXTURES, KEYED);
    expect(cameras.map(({ id }) => id)).toEqual(["wsdot:9002", "wsdot:9003"]);
  });

  it("fails without the code in its message when that is refused", async () => {
    const refusal = scrape([{ path: API, status: 403, body: "Invalid Access Code" }], KEYED);
    await expect(refusal).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HTTP_STATUS",
      message: expect.not.stringContaining("0000-example"),
    });
  });
});

describe.each([
  { path: KML, file: "HighwayCameras-trimmed-2026-09-30.kml", options: {}, ids: ["wsdot:10147", "wsdot:4010"] },
  { path: API, file: "GetCamerasAsJson-one-row.json", options: KEYED, ids: ["wsdot:10075"] },
])("$file", ({ path, file, options, ids }) => {
  const recorded = new URL(`../../../../shared/camdata/wsdot/${file}`, import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("is read whole", async () => {
    const { cameras, rejected } = await scrape([{ path, bodyFile: recorded }], options);
    expect(rejected).toEqual([]);
    expect(cameras.map(({ id }) => id)).toEqual(ids);
    expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
  });
});
