import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/Place/Type/JamCam";
// One row's latitude is text, one camera has a clip but no still.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/place-jamcam.json", import.meta.url), rejected: 2 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("tfl-jamcam", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "tfl-jamcam:00009.00001",
      name: "Example High St / Mill Lane: West",
      lat: 51.5,
      lon: -0.1,
      country: "GB",
      city: "London",
      heading_deg: 270,
      stream_url: "https://cameras.example/00009.00001.jpg",
      stream_kind: "jpeg",
      snapshot_url: null,
      attribution: expect.stringContaining("Powered by TfL Open Data"),
    });
  });

  it("leaves out a camera whose availability is the text false", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ id }) => id)).not.toContain("tfl-jamcam:00009.00003");
  });

  it("drops the backslashes of doubly escaped views, and takes no street for a direction", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ name, heading_deg }) => [name, heading_deg])).toEqual([
      ["Example High St / Mill Lane: West", 270],
      ["Example Bridge: A999/0001B", null],
      ["Example Circus South: EAST-Example Way", 90],
      ["Example Gate: East India Road", null],
    ]);
  });

  it("names the rows it turns away by the origin's id", async () => {
    const { rejected } = await scrape();
    expect(rejected.map(({ raw_id }) => raw_id)).toEqual(["JamCams_00009.00007", "00009.00006"]);
  });

  const recorded = new URL("../../../../shared/camdata/tfl/place-jamcam-trimmed-2026-09-30.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras).toHaveLength(5);
    expect(rejected).toEqual([]);
  });
});
