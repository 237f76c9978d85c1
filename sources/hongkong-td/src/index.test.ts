import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/td/traffic-snapshot-images/code/Traffic_Camera_Locations_En.xml";
// One camera has no picture.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/camera-locations.xml", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("hongkong-td", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole, its key no part of its name", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "hongkong-td:X101F",
      name: "Example Road near Sample Market",
      lat: 22.25,
      lon: 114.15,
      country: "HK",
      region: "Example Island",
      city: "Sample District",
      heading_deg: null,
      stream_url: "https://cameras.example/X101F.JPG",
      stream_kind: "jpeg",
      refresh_s: 120,
      attribution: "Transport Department, HKSAR Government / DATA.GOV.HK",
    });
  });

  it("reads a camera without a district, and with an escaped region and a plain http address", async () => {
    const { cameras } = await scrape();
    expect(cameras[1]).toMatchObject({
      region: "Tuen Example & Sample",
      city: null,
      stream_url: "http://cameras.example/X102F2.JPG",
    });
  });

  it("takes a region in front off a name, puts double spaces right, and takes smart lamppost for a tag", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2, 4).map(({ name, tags }) => [name, tags])).toEqual([
      ["Example Highway near Sample Ho Wan - Westbound", ["traffic"]],
      ["West Example Street near Sample Road", ["traffic", "smart lamppost"]],
    ]);
  });

  it("takes a bound for the heading, but neither a street's name nor both bounds", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2).map(({ heading_deg }) => heading_deg)).toEqual([270, null, null]);
  });

  it("puts a swapped position right, and leaves an empty one open", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(3).map(({ lat, lon }) => [lat, lon])).toEqual([
      [22.3, 114.2],
      [null, null],
    ]);
  });

  it("turns away a camera without a picture, by its key", async () => {
    const { rejected } = await scrape();
    expect(rejected).toEqual([{ raw_id: "X106F", reason: "url: must be an http or https URL" }]);
  });

  it("fails when the elements go by other names, as in the list before 2019", async () => {
    const body = "<image-list><image><key>X1</key><english-region>R</english-region><URL>x</URL></image></image-list>";
    await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
  });

  describe.each([
    { file: "Traffic_Camera_Locations_En-2019.xml", count: 210, regions: 7 },
    { file: "Traffic_Camera_Locations_En-trimmed-2026.xml", count: 3, regions: 1 },
  ])("$file", ({ file, count, regions }) => {
    const recorded = new URL(`../../../../shared/camdata/hong-kong/${file}`, import.meta.url);
    const missing = !existsSync(recorded);
    if (missing)
      process.stderr.write(
        `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
      );
    it.skipIf(missing)("is read whole", async () => {
      const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
      expect(rejected).toEqual([]);
      expect(cameras).toHaveLength(count);
      expect(new Set(cameras.map(({ region }) => region)).size).toBe(regions);
      expect(cameras.filter(({ lat, name }) => lat === null || /[[\t]|\s\s/u.test(name))).toEqual([]);
    });
  });
});
