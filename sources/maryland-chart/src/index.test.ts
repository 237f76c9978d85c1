import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/CHARTExportClientService/getCameraMapDataJSON.do";
// One camera's video is on somebody else's host.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/camera-map.json", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("maryland-chart", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole, its number no part of its name", async () => {
    const { cameras, partial } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "maryland-chart:0000000000000000000000000000a001",
      name: "I-1 & Example Rd (MD 9)",
      lat: 39.2,
      lon: -77.3,
      country: "US",
      region: "Maryland",
      heading_deg: null,
      stream_url: "https://strmr9.sha.maryland.gov/rtplive/0000000000000000000000000000a001/playlist.m3u8",
      stream_kind: "hls",
      snapshot_url: null,
      page_url: "https://chart.maryland.gov/Video/GetVideo/0000000000000000000000000000a001",
      tags: ["traffic", "sample shore", "i-1"],
    });
    expect(partial).toEqual([]);
  });

  it("names a camera by its description where its name is a code", async () => {
    const { cameras } = await scrape();
    expect(cameras[1]?.name).toBe("ICC MD 999 WB, SAMPLE APPROACH, MM 4.7");
  });

  it("takes a bound for the heading, but not where it stands", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map(({ name, heading_deg }) => [name, heading_deg])).toEqual([
      ["ICC MD 999 WB, SAMPLE APPROACH, MM 4.7", 270],
      ["I-1 East of I-2", null],
    ]);
  });

  it("takes (0, 0), route 0 and an empty page for none", async () => {
    const { cameras } = await scrape();
    expect(cameras[2]).toMatchObject({ lat: null, lon: null, page_url: null, tags: ["traffic"] });
  });

  it("leaves out what is offline or has failed, and keeps what is marginal", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ id }) => id.slice(-4))).toEqual(["a001", "a002", "a003"]);
  });

  it("turns away a camera whose video is not on CHART's hosts", async () => {
    const { rejected } = await scrape();
    expect(rejected).toEqual([
      { raw_id: "0000000000000000000000000000a006", reason: "cctvIp: must be a host below sha.maryland.gov" },
    ]);
  });

  it("fails when the origin says that it could not answer", async () => {
    const body = { data: [], error: "out of order", success: false, totalCount: 0, warnings: [] };
    await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
  });

  it("fails when no camera in service names a host, instead of listing none", async () => {
    const row = { id: "a1", name: "1", commMode: "ONLINE", opStatus: "OK" };
    const body = { data: [row], success: true };
    await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
  });

  const recorded = new URL("../../../../shared/camdata/maryland-chart/export_camera_map_data.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin, and tells that it was trimmed", async () => {
    const { cameras, rejected, partial } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras).toHaveLength(15);
    expect(rejected).toEqual([]);
    expect(cameras.filter(({ lat, name }) => lat === null || /\(C/u.test(name)).map(({ name }) => name)).toEqual([
      "I-95 S of Md 272 (C004) MP 99.4",
    ]);
    expect(partial).toEqual(["the origin has 552 cameras and listed 15"]);
  });
});
