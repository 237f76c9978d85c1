import { existsSync, readFileSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";
import { PRESETS } from "./presets.ts";

const IOWA = { path: pathOf(PRESETS.iowa.url), host: "services.arcgis.com" };
const KENTUCKY = { path: pathOf(PRESETS.kentucky.url), host: "services2.arcgis.com" };
const MICHIGAN = { path: pathOf(PRESETS.michigan.url), host: "services2.arcgis.com" };
const WASHINGTON = { path: pathOf(PRESETS.washington.url), host: "data.wsdot.wa.gov" };
const UTAH = { path: "/copy/utah/FeatureServer/0/query", host: "services9.arcgis.com" };

const OPTIONS = {
  presets: ["iowa", "kentucky", "michigan", "washington"],
  copies: [{ preset: "utah", url: "https://services9.arcgis.com/copy/utah/FeatureServer/0" }],
};
const IOWA_FIXTURES: Fixture[] = [
  { ...IOWA, query: { resultOffset: "0" }, bodyFile: fixture("iowa-1") },
  // One row has no COMMON_ID.
  { ...IOWA, query: { resultOffset: "4" }, bodyFile: fixture("iowa-2"), rejected: 1 },
];
const FIXTURES: Fixture[] = [
  ...IOWA_FIXTURES,
  { ...KENTUCKY, bodyFile: fixture("kentucky") },
  { ...MICHIGAN, bodyFile: fixture("michigan") },
  { ...WASHINGTON, bodyFile: fixture("washington") },
  { ...UTAH, bodyFile: fixture("utah") },
];

testSource(source, { describe, it, fixtures: FIXTURES, options: OPTIONS });

function pathOf(layerUrl: string): string {
  return `${new URL(layerUrl).pathname}/query`;
}

function fixture(name: string): URL {
  return new URL(`../fixtures/${name}.json`, import.meta.url);
}

async function scrape(fixtures: readonly Fixture[] = FIXTURES, options: Record<string, unknown> = OPTIONS) {
  await using origin = await serveFixtures(fixtures);
  const result = await runSource(source, { options, rerouteTo: origin.url });
  return { ...result, requests: origin.requests };
}

async function camerasOf(layer: string, fixtures?: readonly Fixture[], options?: Record<string, unknown>) {
  const { cameras } = await scrape(fixtures, options);
  return cameras.filter(({ id }) => id.startsWith(`arcgis:${layer}:`));
}

describe("arcgis", () => {
  it("reads Iowa alone when nothing is configured, page by page", async () => {
    const { cameras } = await scrape(IOWA_FIXTURES, {});
    expect(cameras).toHaveLength(5);
    expect(cameras[0]).toMatchObject({
      id: "arcgis:iowa:EXTV01:EX-I-999-MM-1.1-Example-St",
      name: "EX - I-999 @ MM 1.1 (Example St)",
      lat: 42.01,
      lon: -93.01,
      country: "US",
      region: "Iowa",
      city: "Council Bluffs",
      stream_url: "https://cameras.example:8888/example/extv01lb/playlist.m3u8",
      stream_kind: "hls",
      snapshot_url: "https://cameras.example/Metro/extv01hd.jpeg",
      tags: ["traffic", "i-999", "iowa dot"],
      attribution: "Iowa Department of Transportation",
      licence: "CC-BY-4.0",
    });
  });

  it("lists each view of a site, named by both", async () => {
    const cameras = await camerasOf("iowa");
    expect(cameras.slice(1, 3).map(({ id, name, stream_kind }) => [id, name, stream_kind])).toEqual([
      ["arcgis:iowa:RWIS_999:X99-West-View", "RWIS - I-998 MM 2 @ Exampleton: X99: West View", "jpeg"],
      ["arcgis:iowa:RWIS_999:X99-East-View", "RWIS - I-998 MM 2 @ Exampleton: X99: East View", "jpeg"],
    ]);
  });

  it("keeps the ids when the layer gives new FIDs and device_ids", async () => {
    const renewed = IOWA_FIXTURES.map(({ bodyFile, ...one }) => ({
      ...one,
      body: readFileSync(bodyFile ?? "", "utf8").replaceAll(/"(FID|device_id)": (\d+)/gu, '"$1": 7$2'),
    }));
    const ids = (cameras: { id: string }[]) => cameras.map(({ id }) => id);
    expect(ids(await camerasOf("iowa", renewed, {}))).toEqual(ids(await camerasOf("iowa")));
  });

  it("decodes entities, and takes neither road nor rest area for a city, nor (0, 0) for a place", async () => {
    const cameras = await camerasOf("iowa");
    expect(cameras.map(({ name, city, lat }) => [name, city, lat]).slice(3)).toEqual([
      ["I-997 @ MM 3 & Example Ave", null, 42.03],
      ["Rest Area: I-996 EB MM 4: RA996EB4 - Entry", null, null],
    ]);
    expect(cameras[1]?.city).toBeNull();
  });

  it("leaves out Kentucky's cameras that are offline, and the foreign ones", async () => {
    const cameras = await camerasOf("kentucky");
    expect(cameras.map(({ id, name, heading_deg }) => [id, name, heading_deg])).toEqual([
      ["arcgis:kentucky:9991", "I-999 at Example Rd", 0],
      ["arcgis:kentucky:9992", "I-998 at I-997", null],
    ]);
  });

  it("names Michigan's cameras by their pictures, and takes the text null for nothing", async () => {
    const cameras = await camerasOf("michigan");
    expect(cameras.map(({ id, name, description, heading_deg }) => [id, name, description, heading_deg])).toEqual([
      [
        "arcgis:michigan:thumbs-example_cam_999.flv.jpg",
        "99 Mile @ Example NB",
        "Traffic closest to camera is traveling North",
        null,
      ],
      ["arcgis:michigan:thumbs-example_cam_998.flv.jpg", "99 Mile @ Example SB", null, null],
    ]);
    expect(cameras[0]?.stream_url).toBe("https://cameras.example/thumbs/example_cam_999.flv.jpg?item=1");
  });

  it("knows Washington's directions, and that B is both", async () => {
    const cameras = await camerasOf("washington");
    expect(cameras.map(({ id, heading_deg }) => [id, heading_deg])).toEqual([
      ["arcgis:washington:99001", 180],
      ["arcgis:washington:99002", null],
    ]);
  });

  it("reads a copy of Utah's layer: no code after the name, no camera without a picture, NULL is nothing", async () => {
    const cameras = await camerasOf("utah");
    expect(cameras.map(({ id, name, city, tags }) => [id, name, city, tags])).toEqual([
      ["arcgis:utah:99001", "Example St / SR-999 @ 700 E", "Example City", ["traffic", "sr-999"]],
      ["arcgis:utah:99002", "I-999 WB @ Example Jct / MP 180.85", null, ["traffic"]],
    ]);
  });

  it("asks only for the columns it reads", async () => {
    const { requests } = await scrape();
    const asked = requests.filter((request) =>
      request.includes(encodeURIComponent("id,description,snapshot,direction,highway,status")),
    );
    expect(asked).toEqual([expect.stringContaining(KENTUCKY.path)]);
  });

  it("reads the other layers when one fails, and says so", async () => {
    const failing = FIXTURES.map((one) => (one.host === WASHINGTON.host ? { ...WASHINGTON, status: 500 } : one));
    const { cameras, partial } = await scrape(failing);
    expect(partial).toEqual([expect.stringMatching(/^layer washington: .*500/u)]);
    expect(cameras).toHaveLength(11);
  });

  it("calls it an error when a column it reads is gone", async () => {
    const body = readFileSync(fixture("michigan"), "utf8").replaceAll('"Image"', '"Picture"');
    await expect(scrape([{ ...MICHIGAN, body }], { presets: ["michigan"] })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
      message: expect.stringContaining("Image"),
    });
  });

  it("calls it an error when no camera of a layer is in service, for the words may have changed", async () => {
    const body = readFileSync(fixture("kentucky"), "utf8").replaceAll('"Online"', '"Active"');
    await expect(scrape([{ ...KENTUCKY, body }], { presets: ["kentucky"] })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_EMPTY",
    });
  });

  describe("a layer of one's own", () => {
    const LAYER = {
      id: "example",
      url: "Traffic/Cameras/MapServer/3",
      columns: { id: ["CODE", "PAGE"], name: ["TITLE"], video: "LIVE", heading: "BEARING" },
      where: "OWNER = 'city'",
      video_kind: "mjpeg",
      attribution: "City of Example",
      area: [10, 50, 11, 51],
    };
    const path = "/arcgis/rest/services/Traffic/Cameras/MapServer/3/query";
    const row = {
      CODE: 7,
      PAGE: "https://cameras.example/x".padEnd(300, "y"),
      TITLE: "Example",
      LIVE: "https://cameras.example/7?lang=en&copy=2",
    };
    const body = {
      spatialReference: { wkid: 102_100, latestWkid: 3857 },
      features: [{ attributes: { ...row, BEARING: "SW" }, geometry: { x: 1_168_000, y: 6_510_000 } }],
    };

    it("is read from any host that its address names", async () => {
      const elsewhere = { path, host: "gis.city.example", query: { where: "OWNER = 'city'" }, body };
      await using origin = await serveFixtures([elsewhere]);
      const layer = { ...LAYER, url: `https://gis.city.example${path.replace(/\/query$/u, "")}` };
      const { cameras } = await runSource(source, { options: { presets: [], layers: [layer] }, rerouteTo: origin.url });
      expect(cameras).toHaveLength(1);
    });

    it("is found below base_url, in its own projection, with its own credit", async () => {
      await using origin = await serveFixtures([{ path, query: { where: "OWNER = 'city'" }, body }]);
      const options = { base_url: `${origin.url}/arcgis/rest/services`, presets: [], layers: [LAYER] };
      const { cameras } = await runSource(source, { options });
      expect(cameras).toMatchObject([
        {
          id: expect.stringMatching(/^arcgis:example:[0-9a-f]{16}$/u),
          name: "Example",
          lat: expect.closeTo(50.36, 1),
          lon: expect.closeTo(10.49, 1),
          heading_deg: 225,
          stream_url: "https://cameras.example/7?lang=en&copy=2",
          stream_kind: "mjpeg",
          attribution: "City of Example",
          licence: "unknown",
          country: null,
        },
      ]);
    });

    it.each([
      ["two layers with the same id", { layers: [LAYER, LAYER] }, "same id"],
      ["no layer at all", { presets: [] }, "names no layer"],
      ["a layer without pictures", { layers: [{ ...LAYER, columns: { id: ["A"], name: ["B"] } }] }, "needs a column"],
      ["a misspelt setting", { layers: [{ ...LAYER, atribution: "x" }] }, "atribution"],
      ["an address with a query", { layers: [{ ...LAYER, url: "https://services.arcgis.com/0?token=x" }] }, "query"],
    ])("is refused with a reason: %s", (_name, options, reason) => {
      expect(() => source.options.parse(options)).toThrow(reason);
    });
  });
});

describe("arcgis on recorded layers", () => {
  const recorded = [
    { layer: "iowa", file: "iowa-dot/traffic_cameras_view_query-2026-09-28.json", at: IOWA, cameras: 15 },
    { layer: "michigan", file: "michigan-mdot/midrive_cameras_query.json", at: MICHIGAN, cameras: 15 },
    { layer: "washington", file: "wsdot/arcgis-travel_info_cameras_query.json", at: WASHINGTON, cameras: 15 },
    // Exported as GeoJSON: 8 rows without an id, 1 id twice, 25 whose picture is missing.
    { layer: "utah", file: "utah-udot/arcgis-cameras-2025-10-11.geojson", at: UTAH, cameras: 1928 },
  ];
  for (const { layer, file, at, cameras: expected } of recorded) {
    const path = new URL(`../../../../shared/camdata/${file}`, import.meta.url);
    const missing = !existsSync(path);
    if (missing)
      process.stderr.write(`SKIPPED: ${source.id} is not tested on recorded data, for ${path.pathname} is not here\n`);
    it.skipIf(missing)(`reads the recorded layer of ${layer}`, async () => {
      const answer = JSON.parse(readFileSync(path, "utf8")) as { features: Record<string, unknown>[] };
      const features = answer.features.map(({ attributes, properties, geometry }) => ({
        attributes: attributes ?? properties,
        geometry: xyOf(geometry),
      }));
      const fixtures = [
        { ...at, query: { resultOffset: "0" }, body: { ...answer, features } },
        { ...at, body: { features: [] } },
      ];
      const options = layer === "utah" ? { ...OPTIONS, presets: [] } : { presets: [layer] };
      const { cameras } = await scrape(fixtures, options);
      expect(cameras).toHaveLength(expected);
      expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
    });
  }
});

/** GeoJSON's points as ArcGIS's own answers have them. */
function xyOf(geometry: unknown): unknown {
  const [x, y] = (geometry as { coordinates?: number[] } | null)?.coordinates ?? [];
  return x === undefined ? geometry : { x, y };
}
