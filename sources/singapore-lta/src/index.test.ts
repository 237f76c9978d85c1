import { existsSync } from "node:fs";

import { type Fixture, resolveCamera, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/v1/transport/traffic-images";
const NOW: Fixture = {
  path: ({ pathname, searchParams }) => pathname === PATH && !searchParams.has("date_time"),
  bodyFile: new URL("../fixtures/traffic-images.json", import.meta.url),
};
const EARLIER: Fixture = { ...NOW, path: /\?date_time=/u };
/** A list of cameras, and when: 2026-01-02 at three minutes past midnight in Singapore. */
const listOf = (...cameras: object[]) => ({ items: [{ timestamp: "2026-01-02T00:03:45+08:00", cameras }] });
const camera = (camera_id: string | number, image = `https://images.cameras.example/${camera_id}.jpg`) => ({
  camera_id,
  image,
  location: { latitude: 1.3, longitude: 103.8 },
});
const cameras = (count: number) => Array.from({ length: count }, (_, index) => camera(String(5000 + index)));
const at = (time: string, body: object): Fixture => ({ path: PATH, query: { date_time: time }, body });

testSource(source, { describe, it, fixtures: [NOW, EARLIER], resolve: { id: "1701", fixtures: [NOW] } });

async function scrape(fixtures: readonly Fixture[] = [NOW, EARLIER]) {
  await using origin = await serveFixtures(fixtures);
  const result = await runSource(source, { rerouteTo: origin.url });
  return { ...result, requests: origin.requests };
}

describe("singapore-lta", () => {
  it("reads a camera whole, under an address that stays", async () => {
    const {
      cameras: [first],
    } = await scrape();
    expect(first).toMatchObject({
      id: "singapore-lta:1701",
      name: "CTE: Moulmein Flyover",
      lat: 1.25,
      lon: 103.75,
      country: "SG",
      city: "Singapore",
      stream_url: "https://api.data.gov.sg/v1/transport/traffic-images?camera_id=1701",
      stream_kind: "jpeg",
      tags: ["traffic", "cte"],
      licence: "Singapore Open Data Licence 1.0",
    });
  });

  it("calls a camera by its number that it has no name for, and reads places by their keys", async () => {
    const {
      cameras: [, second],
    } = await scrape();
    expect(second).toMatchObject({ name: "Camera 9999", lat: 1.375, lon: 103.875, tags: ["traffic"] });
  });

  it("asks once where the answer holds nearly all cameras", async () => {
    const { cameras: all, partial, requests } = await scrape([{ path: PATH, body: listOf(...cameras(85)) }]);
    expect(all).toHaveLength(85);
    expect(requests).toEqual([PATH]);
    expect(partial).toEqual([]);
  });

  it("goes back in Singapore's time where the answer is short, across midnight, until nearly all are there", async () => {
    const {
      cameras: all,
      partial,
      requests,
    } = await scrape([
      at("2026-01-02T00:02:45", listOf(...cameras(20))),
      at("2026-01-02T00:01:45", { items: [{}] }),
      at("2026-01-01T23:58:45", listOf(...cameras(81))),
      { path: PATH, body: listOf({ ...camera(5000), location: { latitude: 1.4, longitude: 103.9 } }, camera(1701)) },
    ]);
    expect(all).toHaveLength(82);
    // Of several answers the newest holds.
    expect(all[0]).toMatchObject({ id: "singapore-lta:5000", lat: 1.4, lon: 103.9 });
    expect(requests).toHaveLength(4);
    expect(partial).toEqual([]);
  });

  it("does not call few cameras complete, which would mark the others gone", async () => {
    const { cameras: all, partial, requests } = await scrape([{ path: PATH, body: listOf(...cameras(8)) }]);
    expect(all).toHaveLength(8);
    expect(requests).toHaveLength(7);
    expect(partial).toEqual([expect.stringContaining("8 cameras")]);
  });

  it("turns a row away once, however many answers it stands in", async () => {
    const bad = { ...camera("7777"), location: null };
    const { rejected } = await scrape([{ path: PATH, body: listOf(bad, ...cameras(8)) }]);
    expect(rejected).toEqual([{ raw_id: "7777", reason: expect.stringContaining("location") }]);
  });
});

describe("singapore-lta's resolve", () => {
  async function resolve(id: string, fixtures: readonly Fixture[]) {
    const listed = (await scrape([{ path: PATH, body: listOf(camera(id)) }])).cameras[0];
    await using origin = await serveFixtures(fixtures);
    return await resolveCamera(source, { ...listed!, id }, { rerouteTo: origin.url });
  }

  it("tells the present picture", async () => {
    expect(await resolve("1701", [NOW])).toEqual({
      stream_url: "https://images.cameras.example/api/traffic-images/2026/01/00000000-0000-4000-8000-000000000001.jpg",
      expires_in_s: 60,
    });
  });

  it("tells the newest earlier one where the present answer leaves the camera out", async () => {
    const older = "https://images.cameras.example/older.jpg";
    const fixtures = [
      at("2026-01-02T00:02:45", listOf(camera("1702", older))),
      at("2026-01-02T00:01:45", listOf(camera("1702"))),
      NOW,
    ];
    expect(await resolve("1702", fixtures)).toMatchObject({ stream_url: older });
  });

  it("asks once for a wall of cameras", async () => {
    const [first, second] = (await scrape()).cameras.map((one) => ({
      ...one,
      id: one.id.replace("singapore-lta:", ""),
    }));
    await using origin = await serveFixtures([NOW]);
    const wall: typeof source = {
      ...source,
      async resolve(one, ctx) {
        await source.resolve?.(second!, ctx);
        return await source.resolve!(one, ctx);
      },
    };
    await resolveCamera(wall, first!, { rerouteTo: origin.url });
    expect(origin.requests).toEqual([PATH]);
  });

  it("says so where a camera has had no picture for long", async () => {
    await expect(resolve("1702", [{ path: PATH, body: listOf(camera("1701")) }])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_NO_PICTURE",
      retryable: true,
    });
  });
});

describe("singapore-lta, recorded", () => {
  const recorded = new URL(
    "../../../../shared/camdata/singapore-lta/traffic-images-v1-trimmed-2026-10-01.json",
    import.meta.url,
  );
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras: all, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(all.map(({ name, lat }) => [name, lat])).toEqual([
      ["Woodlands: Causeway towards Johor", 1.4470237],
      ["Woodlands: Checkpoint towards BKE", 1.4455541],
      ["BKE: Woodlands Flyover towards Checkpoint", 1.4295885],
    ]);
    expect(rejected).toEqual([]);
  });
});
