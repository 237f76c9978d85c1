import { existsSync, readFileSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/service/traffic/rest/4/cameras/all";
// One camera has no picture.
const FIXTURES: Fixture[] = [
  { path: PATH, bodyFile: new URL("../fixtures/cameras.xml", import.meta.url), rejected: 1, empty: "<response/>" },
];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("nzta", () => {
  async function scrape(fixtures: readonly Fixture[] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { rerouteTo: origin.url });
  }

  it("reads a camera whole, and nothing of the journey it is part of", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "nzta:9901",
      name: "SH99 Exampleton",
      description: "South along Example Highway from Sample Rd",
      lat: -43.9,
      lon: 171.7,
      country: "NZ",
      region: "Canterbury",
      heading_deg: 180,
      stream_url: "https://trafficnz.info/camera/9901.jpg",
      stream_kind: "jpeg",
      page_url: "https://trafficnz.info/camera/view/9901",
      tags: ["traffic", "sh99"],
      attribution: "NZ Transport Agency Waka Kotahi",
      licence: "unknown",
    });
  });

  it("leaves out cameras that are offline or under maintenance, and takes one that repeats once", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras.map(({ id }) => id)).toEqual(["nzta:9901", "nzta:9902", "nzta:9905"]);
    expect(rejected.map(({ raw_id }) => raw_id)).toEqual(["9906"]);
  });

  it("decodes entities, takes both directions for none, (0, 0) for no place, and does without region and description", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1)).toMatchObject([
      { name: "SH98 Example & Sample Rd", heading_deg: 0 },
      { heading_deg: null, lat: null, lon: null, region: null, description: null },
    ]);
  });

  it("reads a list of one camera", async () => {
    const text = readFileSync(new URL("../fixtures/cameras.xml", import.meta.url), "utf8");
    const body = text.replace(/(<\/camera>)[^]*(<\/response>)/u, "$1$2");
    const { cameras } = await scrape([{ path: PATH, body }]);
    expect(cameras.map(({ id }) => id)).toEqual(["nzta:9901"]);
  });

  const recorded = new URL("../../../../shared/camdata/nzta/rest4-cameras-trimmed-2026-09-30.xml", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(rejected).toEqual([]);
    // Of four rows two are the same camera, which is offline.
    expect(cameras.map(({ id, name, region, heading_deg }) => [id, name, region, heading_deg])).toEqual([
      ["nzta:714", "SH1 Tinwald", "Canterbury", 180],
      ["nzta:653", "SH20 May Rd Overbridge", "Auckland", 0],
    ]);
  });
});
