import { existsSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const LAYER = "/GDOT/FeatureServer/0";
const LAYER_FIXTURE = { path: `${LAYER}/query`, bodyFile: new URL("../fixtures/layer.json", import.meta.url) };
const FILE_FIXTURE = { path: "/cctv.json", bodyFile: new URL("../fixtures/cctv.json", import.meta.url) };

const { base_url: DEFAULT_LAYER } = source.options.parse({});

testSource(source, {
  describe,
  it,
  fixtures: [{ ...LAYER_FIXTURE, path: `${new URL(DEFAULT_LAYER).pathname}/query`, host: "services1.arcgis.com" }],
  options: { base_url: DEFAULT_LAYER },
});

describe("georgia-navigator", () => {
  async function scrape(fixture: Fixture, path: string, options: Record<string, unknown> = {}) {
    await using origin = await serveFixtures([fixture]);
    return await runSource(source, { options: { base_url: origin.url + path, ...options } });
  }

  it("reads a camera with live video whole", async () => {
    const { cameras, rejected } = await scrape(LAYER_FIXTURE, LAYER);
    expect(rejected).toEqual([]);
    expect(cameras[0]).toMatchObject({
      id: "georgia-navigator:90001",
      name: "I-999: N OF EXAMPLE RD",
      lat: 33.85558,
      lon: -84.246456,
      country: "US",
      region: "Georgia",
      heading_deg: 0,
      stream_url: "http://vss9live.dot.ga.gov/lo/ex-cam-901.stream/playlist.m3u8",
      stream_kind: "hls",
      snapshot_url: "http://navigator-c2c.dot.ga.gov/snapshots/EX-CAM-901.jpg",
      tags: ["traffic", "i-999", "example county"],
      attribution: expect.stringContaining("Georgia Department of Transportation"),
    });
  });

  it("reads the layer and the GeoJSON file, whose coordinates are text, alike", async () => {
    const [layer, file] = await Promise.all([scrape(LAYER_FIXTURE, LAYER), scrape(FILE_FIXTURE, "/cctv.json")]);
    expect(file.cameras).toEqual(layer.cameras);
    expect(file.cameras).toHaveLength(5);
  });

  it("shows stills only when video is not wanted", async () => {
    const { cameras } = await scrape(LAYER_FIXTURE, LAYER, { video: false });
    expect(cameras[0]).toMatchObject({
      stream_kind: "jpeg",
      stream_url: "http://navigator-c2c.dot.ga.gov/snapshots/EX-CAM-901.jpg",
      snapshot_url: null,
    });
  });

  it("puts the mistyped names of the pictures' host right, and leaves other hosts alone", async () => {
    const { cameras } = await scrape(FILE_FIXTURE, "/cctv.json");
    expect(cameras.slice(1).map(({ stream_url }) => stream_url)).toEqual([
      "http://navigator-c2c.dot.ga.gov/snapshots/EX-CAM-902.jpg",
      "http://navigator-c2c.dot.ga.gov/snapshots/EX-CAM-903.jpg",
      "http://navigator-c2c.dot.ga.gov/snapshots/EX-CAM-904.JPG",
      "http://navigator-csc.dot.ga.gov/snapshots/EX-CAM-905.jpg",
    ]);
  });

  it("decodes entities, takes an empty direction for none and (0, 0) for no place, and leaves out what has no picture", async () => {
    const { cameras } = await scrape(FILE_FIXTURE, "/cctv.json");
    expect(cameras.slice(1).map(({ name, heading_deg, lat }) => [name, heading_deg, lat])).toEqual([
      ["SR 999: Example & Sample Rd", 135, 34.208776],
      ["SR 998: Example Rd", null, 33.1],
      ["SR 997: Example Rd", 90, 33.2],
      ["SR 996: Example Rd", 270, null],
    ]);
  });

  const recorded = new URL("../../../../shared/camdata/georgia-navigator/cctv.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads the recorded list", async () => {
    const { cameras, rejected } = await scrape({ path: "/cctv.json", bodyFile: recorded }, "/cctv.json");
    expect(rejected).toEqual([]);
    // Of 3,043 rows 36 have neither still nor video.
    expect(cameras).toHaveLength(3007);
    expect(cameras.filter(({ stream_kind }) => stream_kind === "hls")).toHaveLength(1114);
    expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
    const hosts = new Set(
      cameras.map(({ stream_url, snapshot_url }) => new URL(snapshot_url ?? stream_url ?? "").host),
    );
    expect([...hosts].toSorted()).toEqual([
      "navigator-c2c.dot.ga.gov",
      "navigator-csc.dot.ga.gov",
      "vss1live.dot.ga.gov",
    ]);
  });
});
