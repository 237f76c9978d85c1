import { existsSync, readFileSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/ashcam-api/webcamApi/webcams";
const FILE = new URL("../fixtures/webcams.json", import.meta.url);
// One has no address.
const FIXTURE: Fixture = { path: PATH, bodyFile: FILE, rejected: 1 };

testSource(source, {
  describe,
  it,
  fixtures: [FIXTURE],
  options: { base_url: "https://volcview.wr.usgs.gov/ashcam-api" },
});

async function scrape(fixture: Fixture = FIXTURE) {
  await using origin = await serveFixtures([fixture]);
  return await runSource(source, { options: { base_url: `${origin.url}/ashcam-api` } });
}

describe("avo-ashcam", () => {
  it("reads a camera whole", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "avo-ashcam:example_exhl",
      name: "Example Hill [Exampleton, 709 ft]",
      description: "Volcano: Example Hill",
      lat: 59.3,
      lon: -153.4,
      country: "US",
      region: "Alaska",
      heading_deg: 230,
      stream_url: "https://cameras.example/ashcam-api/images/example_exhl/current.jpg",
      stream_kind: "jpeg",
      page_url: null,
      tags: ["volcano", "example hill"],
      attribution: "Alaska Volcano Observatory / U.S. Geological Survey",
      licence: "Public domain (work of the US federal government)",
    });
  });

  it("knows the regions, across the antimeridian too, and takes (0, 0) for no place", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map(({ name, lon, country, region }) => [name, lon, country, region])).toEqual([
      ["Example Isle", 174.2, "US", "Alaska"],
      ["example-v2-cam", null, null, null],
      ["Example Lodge", -121.7, "US", null],
      ["Example KW", -155.2, "US", "Hawaii"],
      ["Example Marianas", 145.7, "MP", null],
    ]);
  });

  it("reads bearings as numbers or text, and takes one below nought for none", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ heading_deg }) => heading_deg)).toEqual([230, 0, null, 350, null, null]);
  });

  it("credits the owner of a picture that is only shown again", async () => {
    const { cameras } = await scrape();
    expect(cameras[3]).toMatchObject({
      page_url: "https://www.lodge.example/webcam",
      attribution: "www.lodge.example, shown by the U.S. Geological Survey",
      licence: "unknown",
    });
    expect(cameras[1]).toMatchObject({ page_url: "https://volcanoes.usgs.gov/example", licence: cameras[0]?.licence });
  });

  it("leaves out the FAA's, the hidden, and those without a picture for 30 days, however late it is", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ id }) => id.replace("avo-ashcam:", ""))).toEqual([
      "example_exhl",
      "example_isle",
      "example-v2-cam",
      "example-lodge",
      "example-kw",
      "example-marianas",
    ]);
  });

  it("keeps the others when one camera's clock runs years ahead", async () => {
    const now = Math.floor(Date.now() / 1000);
    const webcams = [now, 4_102_444_800].map((lastImageTimestamp, index) => ({
      webcamCode: `example-${index}`,
      hasImages: "Y",
      lastImageTimestamp,
      currentImageUrl: `https://cameras.example/${index}.jpg`,
    }));
    expect((await scrape({ path: PATH, body: { webcams } })).cameras).toHaveLength(2);
  });

  it("calls it an error when none says that it has pictures, for the words may have changed", async () => {
    const body = readFileSync(FILE, "utf8").replaceAll('"hasImages": "Y"', '"hasImages": "present"');
    await expect(scrape({ path: PATH, body })).rejects.toMatchObject({ code: "ARGUS_SOURCE_EMPTY" });
  });

  const recorded = new URL("../../../../shared/camdata/avo-ashcam/webcams-one-row.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded row of the origin", async () => {
    const { cameras, rejected } = await scrape({ path: PATH, bodyFile: recorded });
    expect(rejected).toEqual([]);
    expect(cameras).toMatchObject([{ id: "avo-ashcam:augustine", lat: 59.363, lon: -153.435, heading_deg: 230 }]);
  });
});
