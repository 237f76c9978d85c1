import { existsSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const { base_url: LIST } = source.options.parse({});
const PATH = new URL(LIST).pathname;
// One camera has no picture.
const FIXTURES: Fixture[] = [{ path: PATH, bodyFile: fixture("traffic-cam"), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES, options: { base_url: LIST } });

function fixture(name: string): URL {
  return new URL(`../fixtures/${name}.json`, import.meta.url);
}

async function scrape(fixtures: readonly Fixture[] = FIXTURES, options: Record<string, unknown> = {}) {
  await using origin = await serveFixtures(fixtures);
  return await runSource(source, { options, rerouteTo: origin.url });
}

describe("nsw-live-traffic", () => {
  it("reads a camera whole", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "nsw-live-traffic:00000000-0000-4000-8000-000000000901",
      name: "9 Ways (Exampleton)",
      description: "9 Ways at The Example looking west towards Sample.",
      lat: -34,
      lon: 151.1,
      country: "AU",
      region: "New South Wales",
      heading_deg: 270,
      stream_url: "https://cameras.example/cameras/9_ways_exampleton.jpeg",
      stream_kind: "jpeg",
      tags: ["traffic", "syd_south"],
      attribution: "Transport for NSW",
      licence: "CC-BY-4.0",
    });
  });

  it("reads hyphened directions, decodes entities, drops what only keeps caches away", async () => {
    const { cameras } = await scrape();
    expect(cameras[1]).toMatchObject({
      name: "Example & Sample Road (Exampleton)",
      heading_deg: 315,
      stream_url: "https://cameras.example/cameras/example_road.jpeg",
    });
  });

  it("puts swapped coordinates right, and takes (0, 0) for no place", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2, 4)).toMatchObject([
      { lat: -34.5, lon: 150.5, heading_deg: null },
      { lat: null, lon: null, heading_deg: null, description: null, tags: ["traffic"] },
    ]);
  });

  it("turns away a camera without a picture by its id", async () => {
    const { rejected } = await scrape();
    expect(rejected.map(({ raw_id }) => raw_id)).toEqual(["00000000-0000-4000-8000-000000000906"]);
  });

  it("takes the cameras alone of the list of all events, under the same ids", async () => {
    const base_url = "https://www.livetraffic.com/datajson/all-feeds-web.json";
    const path = "/datajson/all-feeds-web.json";
    const [all, list] = [await scrape([{ path, bodyFile: fixture("all-feeds-web") }], { base_url }), await scrape()];
    expect(all.rejected).toEqual([]);
    expect(all.cameras).toEqual(list.cameras.slice(0, 1));
  });

  it("calls a list of events without a camera an error", async () => {
    const body = [{ type: "Feature", id: "1", eventType: "incident", geometry: null, properties: {} }];
    await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_EMPTY" });
  });

  it.each([
    ["asks the open data API with the key", "example-token", "/v1/live/cameras", "apikey example-token"],
    ["sends nobody a key that is not set", "", PATH, undefined],
  ])("%s", async (_name, api_key, path, authorization) => {
    await using origin = await serveFixtures([{ path, bodyFile: fixture("traffic-cam") }]);
    const arrived = origin.nextRequest();
    const { cameras } = await runSource(source, { options: { api_key }, rerouteTo: origin.url });
    expect(cameras).toHaveLength(5);
    expect((await arrived).headers.authorization).toBe(authorization);
  });

  const recorded = [
    { file: "nsw-cameras-sample.json", cameras: 20 },
    { file: "all-feeds-web-liveCams-rows.json", cameras: 1 },
  ];
  for (const { file, cameras: expected } of recorded) {
    const bodyFile = new URL(`../../../../shared/camdata/nsw/${file}`, import.meta.url);
    const missing = !existsSync(bodyFile);
    if (missing)
      process.stderr.write(
        `SKIPPED: ${source.id} is not tested on recorded data, for ${bodyFile.pathname} is not here\n`,
      );
    it.skipIf(missing)(`reads the recorded ${file}`, async () => {
      const { cameras } = await scrape([{ path: PATH, bodyFile }]);
      expect(cameras).toHaveLength(expected);
      expect(cameras.filter(({ lat, heading_deg }) => lat === null || heading_deg === null)).toEqual([]);
    });
  }
});
