import { existsSync, readFileSync } from "node:fs";

import { type Fixture, resolveCamera, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/api/redistributable/sites";
const FILE = new URL("../fixtures/sites.json", import.meta.url);
const FIXTURE: Fixture = { path: PATH, bodyFile: FILE };

testSource(source, { describe, it, fixtures: [FIXTURE], resolve: { id: "90012", fixtures: [FIXTURE] } });

async function scrape(fixture: Fixture = FIXTURE, options: Record<string, unknown> = {}) {
  await using origin = await serveFixtures([fixture]);
  const result = await runSource(source, { options, rerouteTo: origin.url });
  return { ...result, requests: origin.requests };
}

async function resolve(id: string, fixture: Fixture = FIXTURE) {
  const camera = (await scrape()).cameras[0];
  if (camera === undefined) throw new Error("the fixture has no camera");
  await using origin = await serveFixtures([fixture]);
  return await resolveCamera(source, { ...camera, id }, { rerouteTo: origin.url });
}

describe("faa-weathercams", () => {
  it("reads a camera whole, under an address that stays", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "faa-weathercams:90011",
      name: "Exampleton: Northwest",
      description: "Site EXA / PEXA\nOperator: FAA",
      lat: 60.571,
      lon: -151.241,
      country: "US",
      region: "Alaska",
      heading_deg: 295,
      stream_url: "https://weathercams.faa.gov/api/redistributable/sites?camera=90011",
      stream_kind: "jpeg",
      refresh_s: 600,
      tags: ["weather", "aviation", "pexa"],
      attribution: "FAA Weather Camera Program",
    });
  });

  it("emits the same cameras when only the pictures are new ones", async () => {
    const body = readFileSync(FILE, "utf8").replaceAll("1767225600000", "1767226200000");
    expect((await scrape({ path: PATH, body })).cameras).toEqual((await scrape()).cameras);
  });

  it("takes place and heading of the site and the direction where the camera has none", async () => {
    const { cameras } = await scrape();
    expect(
      cameras.slice(1).map(({ name, lat, region, country, heading_deg }) => [name, lat, region, country, heading_deg]),
    ).toEqual([
      ["Exampleton: East", 60.57, "Alaska", "US", 90],
      ["Example Pass: Camera 1", 39.1, "Colorado", "US", 90],
      ["Example Ridge: Southeast", 45.1, "XX", null, 135],
    ]);
  });

  it("leaves out what is out of order, in maintenance, closed or without a picture", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras.map(({ id }) => id.split(":")[1])).toEqual(["90011", "90012", "90021", "90031"]);
    expect(rejected).toEqual([]);
  });

  it("credits sites of others to them, and leaves them out when told to", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2).map(({ attribution, licence }) => [attribution, licence])).toEqual([
      ["Pictures by Example Aeronautics Division; FAA Weather Camera Program", "unknown"],
      ["Example Watch; FAA Weather Camera Program", "unknown"],
    ]);
    expect((await scrape(FIXTURE, { third_party: false })).cameras).toHaveLength(2);
  });

  it("asks with the key in a header, and for nothing but the list that may be passed on", async () => {
    await using origin = await serveFixtures([FIXTURE]);
    const arrived = origin.nextRequest();
    await runSource(source, { env: { FAA_WEATHERCAMS_KEY: " example " }, rerouteTo: origin.url });
    const { headers } = await arrived;
    expect(headers.authorization).toBe("Bearer example");
    expect(headers.referer).toBeUndefined();
    expect(origin.requests).toEqual([PATH]);
  });

  it("calls it an error when no camera has a picture any more, for the field may have another name", async () => {
    const body = readFileSync(FILE, "utf8").replaceAll("currentImageUri", "imageUri");
    await expect(scrape({ path: PATH, body })).rejects.toMatchObject({ code: "ARGUS_SOURCE_EMPTY" });
  });

  it("names the key when the FAA refuses it", async () => {
    const refused = { path: PATH, status: 401, body: { success: false, payload: null, error: { code: 401 } } };
    await expect(scrape(refused)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HTTP_STATUS",
      message: expect.stringContaining("key"),
    });
  });

  it("finds the newest picture of a camera, and says when there is none", async () => {
    expect(await resolve("90021")).toEqual({
      stream_url: "https://cameras.example/webimages/902/1/90021-1767225600000.jpg",
      expires_in_s: 600,
    });
    await expect(resolve("90022")).rejects.toMatchObject({ code: "ARGUS_SOURCE_NO_PICTURE", retryable: true });
    await expect(resolve("1")).rejects.toMatchObject({ code: "ARGUS_SOURCE_NO_PICTURE" });
  });

  it("reads its large list once for a wall of cameras", async () => {
    const [first] = (await scrape()).cameras;
    await using origin = await serveFixtures([FIXTURE]);
    const wall: typeof source = {
      ...source,
      async resolve(camera, ctx) {
        await source.resolve?.({ ...camera, id: "90021" }, ctx);
        return await source.resolve!(camera, ctx);
      },
    };
    await resolveCamera(wall, { ...first!, id: "90012" }, { rerouteTo: origin.url });
    expect(origin.requests).toEqual([PATH]);
  });

  const recorded = new URL("../../../../shared/camdata/faa/sites-trimmed.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded site, which the site's own list gives without pictures", async () => {
    const body = readFileSync(recorded, "utf8").replaceAll(
      '"cameraName"',
      '"currentImageUri": "https://cameras.example/1.jpg", "cameraName"',
    );
    const { cameras, rejected } = await scrape({ path: PATH, body });
    expect(rejected).toEqual([]);
    expect(cameras).toMatchObject([{ id: "faa-weathercams:11613", name: "Kenai: Northwest", heading_deg: 295 }]);
  });
});
