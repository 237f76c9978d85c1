import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/api/weathercam/v1/stations";
// One station has no list of views.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/stations.json", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("digitraffic", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: origin.url } });
  }

  it("reads a view whole", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "digitraffic:C0990101",
      name: "Road 99 Esimerkkilä, view 01",
      lat: 61.25,
      lon: 24.5,
      country: "FI",
      city: "Esimerkkilä",
      stream_url: "https://weathercam.digitraffic.fi/C0990101.jpg",
      stream_kind: "jpeg",
      refresh_s: 600,
      tags: ["traffic", "weather", "kt99"],
      attribution: "Source: Fintraffic / digitraffic.fi, license CC 4.0 BY",
      licence: "CC-BY-4.0",
    });
  });

  it("gives every view that is collected a camera, and none to a station that is not", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ id }) => id.slice(source.id.length + 1))).toEqual([
      "C0990101",
      "C0990109",
      "C0990201",
      "C0990401",
    ]);
  });

  it("names road, municipality and place where a station's name has them", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2).map(({ name, city, tags }) => [name, city, tags.slice(2)])).toEqual([
      ["Road 98 Mallila, Pitkä silta, view 01", "Mallila", ["vt98"]],
      ["EXA MERI, view 01", null, []],
    ]);
  });

  it("takes (0, 0) for unknown, and names the station it turns away", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras.at(-1)).toMatchObject({ lat: null, lon: null });
    expect(rejected).toEqual([{ raw_id: "C09905", reason: expect.stringContaining("presets") }]);
  });

  it("asks for a compressed answer, without which the origin refuses, and says who asks", async () => {
    await using origin = await serveFixtures(FIXTURES);
    const [request] = await Promise.all([
      origin.nextRequest(),
      runSource(source, { options: { base_url: origin.url } }),
    ]);
    expect(request.headers).toMatchObject({
      "accept-encoding": expect.stringContaining("gzip"),
      "digitraffic-user": "argus/source-digitraffic",
    });
  });

  it("does not read another list that happens to be JSON", async () => {
    await expect(scrape([{ path: PATH, body: { stations: [] } }])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
    });
  });

  const recorded = new URL(
    "../../../../shared/camdata/digitraffic/weathercam-v1-stations-trimmed-2026-09-30.json",
    import.meta.url,
  );
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras.map(({ name }) => name).filter((_, index) => index % 3 === 0)).toEqual([
      "Road 51 Inkoo, view 01",
      "Road 2 Karkkila, Korpi, view 01",
      "Road 52 Raasepori, Tenhola, view 01",
    ]);
    expect(cameras).toHaveLength(9);
    expect(cameras.every(({ lat }) => lat !== null)).toBe(true);
    expect(rejected).toEqual([]);
  });
});
