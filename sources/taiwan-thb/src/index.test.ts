import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/services/cctv/thb";
// One camera has no address.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/thb.json", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("taiwan-thb", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole: gisx is the longitude, and html the address of a stream", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "taiwan-thb:CCTV-91-0010-123-001",
      name: "台99線123k+850",
      lat: 24.5,
      lon: 120.75,
      country: "TW",
      heading_deg: null,
      stream_url: "https://cctv-ss09.thb.gov.tw/T99-123K+850",
      stream_kind: "mjpeg",
      snapshot_url: "https://cctv-ss09.thb.gov.tw/T99-123K+850/snapshot",
      tags: ["traffic", "台99線"],
      attribution: expect.stringContaining("Open Government Data License"),
      licence: "OGDL-Taiwan-1.0",
    });
  });

  it("knows a still beside the stream on the bureau's own servers only", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ snapshot_url }) => snapshot_url)).toEqual([
      "https://cctv-ss09.thb.gov.tw/T99-123K+850/snapshot",
      "https://cctv-ss09.thb.gov.tw/T98-109K+286(N)/snapshot",
      null,
      null,
      "https://cctv-ss09.thb.gov.tw/T95-080K+000(A)/snapshot",
    ]);
  });

  it("reads the way the traffic goes from address, name or id, and takes A for all ways", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ heading_deg }) => heading_deg)).toEqual([null, 0, 270, 90, null]);
  });

  it("reads a position that is text or swapped, and leaves (0, 0) open", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map(({ lat, lon }) => [lat, lon])).toEqual([
      [24.25, 121.5],
      [25, 121.75],
      [24.125, 120.75],
      [null, null],
    ]);
  });

  it("names a camera without a stake by its id, and tags roads", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map(({ name, tags }) => [name, tags[1]])).toEqual([
      ["台98甲線109K+286", "台98甲線"],
      ["快速公路97號(範例交流道到樣本交流道)(W)", "快速公路97號"],
      ["快速公路96號(範例交流道到樣本交流道)", "快速公路96號"],
      ["CCTV-94-0080-080-004", undefined],
    ]);
  });

  it("credits the Freeway Bureau's cameras to it", async () => {
    const { cameras } = await scrape();
    expect(cameras[3]).toMatchObject({
      stream_url: "https://cctvx.freeway.gov.tw/abs2mjpg/bmjpg?camera=90395",
      attribution: expect.stringContaining("Freeway Bureau"),
      licence: "unknown",
    });
  });

  it("turns away a camera without an address, by its id", async () => {
    const { rejected } = await scrape();
    expect(rejected).toEqual([{ raw_id: "CCTV-94-0080-081-005", reason: "html: must be an http or https URL" }]);
  });

  it("does not read another list that happens to be JSON", async () => {
    const body = [{ CCTVID: "CCTV-1", PositionLat: 24.5, PositionLon: 120.75 }];
    await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
  });

  const recorded = new URL("../../../../shared/camdata/taiwan/thb-cctv-trimmed.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras.map(({ lat, heading_deg, snapshot_url }) => [lat, heading_deg, snapshot_url])).toEqual([
      [24.5704588, null, "https://cctv-ss03.thb.gov.tw/T1-123K+850/snapshot"],
      [25.0183, null, "https://cctv-ss01.thb.gov.tw/T1-14K+565/snapshot"],
      [24.135189, 270, null],
    ]);
    expect(rejected).toEqual([]);
  });
});
