import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/api/webcams/";
// One camera has no picture.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/webcams.json", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("drivebc", () => {
  /** With the real base_url, which its pictures' addresses are built on. */
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    const logged: unknown[] = [];
    const note = (...line: unknown[]) => void logged.push(line);
    const log = { debug: note, info: note, warn: note, error: note };
    return { ...(await runSource(source, { rerouteTo: origin.url, log })), logged };
  }

  it("reads a camera whole, without the moment in its picture's address", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "drivebc:9001",
      name: "Example Creek - E",
      description: "Highway 999 at Example Creek, looking east",
      lat: 50.5,
      lon: -121.5,
      country: "CA",
      region: "British Columbia",
      heading_deg: 90,
      stream_url: "https://www.drivebc.ca/images/9001.jpg",
      stream_kind: "jpeg",
      page_url: "https://www.drivebc.ca/cameras/9001",
      refresh_s: 701,
      tags: ["traffic", "sample interior"],
      attribution: source.attribution,
      licence: "Open Government Licence - British Columbia",
    });
  });

  it("takes two views of one group for two cameras", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(0, 2).map(({ id, heading_deg }) => [id, heading_deg])).toEqual([
      ["drivebc:9001", 90],
      ["drivebc:9000", 225],
    ]);
  });

  it("prefers what the origin put over its own name and caption, and credits whom it names", async () => {
    const { cameras } = await scrape();
    expect(cameras[2]).toMatchObject({
      name: "Sample Pass & Summit",
      description: "Renamed.",
      heading_deg: null,
      refresh_s: null,
      attribution: expect.stringMatching(/^DriveBC\.ca\..*Images courtesy of the Sample Park/u),
      licence: "unknown",
    });
  });

  it("lists a camera without a place, and puts swapped coordinates right", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(3).map(({ id, lat, lon, tags }) => [id, lat, lon, tags])).toEqual([
      ["drivebc:9003", null, null, ["traffic"]],
      ["drivebc:9004", 54.5, -125.5, ["traffic", "sample interior"]],
    ]);
  });

  it("leaves out what is off, hidden or stale, and says how many", async () => {
    const { cameras, rejected, logged } = await scrape();
    expect(cameras).toHaveLength(5);
    expect(rejected.map(({ raw_id }) => raw_id)).toEqual(["9008"]);
    expect(logged).toContainEqual(["cameras out of service were left out", { off: 1, hidden: 1, stale: 1 }]);
  });

  const recorded = new URL("../../../../shared/camdata/drivebc/api-webcams-trimmed-2026-09-30.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras.map(({ stream_url, heading_deg }) => [stream_url, heading_deg])).toEqual([
      ["https://www.drivebc.ca/images/967.jpg", 90],
      ["https://www.drivebc.ca/images/894.jpg", 0],
      ["https://www.drivebc.ca/images/929.jpg", 90],
    ]);
    expect(cameras.filter(({ lat, refresh_s }) => lat === null || refresh_s === null)).toEqual([]);
    expect(rejected).toEqual([]);
  });
});
