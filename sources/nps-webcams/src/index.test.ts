import { type Fixture, resolveCamera, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const ID = "00000001-0000-0000-0000000000000001";
const PATH = "/api/v1/webcams";
const LIST: Fixture = {
  path: `${PATH}?limit=500&start=0`,
  bodyFile: new URL("../fixtures/webcams.json", import.meta.url),
  rejected: 1,
};
const VIEW: Fixture = {
  host: "www.nps.gov",
  path: `/media/webcam/view.htm?id=${ID}`,
  bodyFile: new URL("../fixtures/view.html", import.meta.url),
};

testSource(source, { describe, it, fixtures: [LIST], resolve: { id: ID, fixtures: [VIEW] } });

async function scrape(fixtures: readonly Fixture[] = [LIST]) {
  await using origin = await serveFixtures(fixtures);
  return { ...(await runSource(source, { rerouteTo: origin.url })), requests: origin.requests };
}

const webcam = (change: object) => ({
  id: ID,
  url: `https://www.nps.gov/media/webcam/view.htm?id=${ID}`,
  title: "Sample Webcam",
  status: "Active",
  ...change,
});

async function cameraOf(change: object) {
  const { cameras } = await scrape([{ path: PATH, body: { total: "1", data: [webcam(change)] } }]);
  return cameras[0];
}

describe("nps-webcams", () => {
  it("reads a camera whole, under its page's address without where the visitor came from", async () => {
    const {
      cameras: [first],
    } = await scrape();
    expect(first).toMatchObject({
      id: `nps-webcams:${ID}`,
      name: "Example: Sample Harbor & Pier",
      description: "The harbor at Example Point.",
      lat: 44.25,
      lon: -68.25,
      country: "US",
      region: "Maine",
      stream_url: `https://www.nps.gov/media/webcam/view.htm?id=${ID}`,
      stream_kind: "jpeg",
      snapshot_url: null,
      attribution: "National Park Service; Example Observatory",
      tags: ["national park"],
    });
  });

  it("links to the page of live video, does not name its park twice, and leaves open in which state it lies", async () => {
    const { cameras } = await scrape();
    expect(cameras[1]).toMatchObject({
      name: "Sample Geyser in the Example Basin",
      stream_kind: "page",
      stream_url: null,
      page_url: "https://www.nps.gov/media/webcam/view.htm?id=00000002-0000-0000-0000000000000002",
      region: null,
      lat: 44.5,
      attribution: "National Park Service",
    });
  });

  it("links to a page elsewhere, and takes an empty position for unknown", async () => {
    const { cameras } = await scrape();
    expect(cameras[2]).toMatchObject({
      stream_kind: "page",
      page_url: "https://webcams.cameras.example/canyon/?site=exam",
      lat: null,
      lon: null,
    });
  });

  it("leaves out what is not active, and turns away what has no address", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras).toHaveLength(3);
    expect(rejected).toEqual([
      { raw_id: "00000005-0000-0000-0000000000000005", reason: "url: is no address of a page" },
    ]);
  });

  it.each([
    ["68.2", "44.3", null, null],
    ["-14.25", "-170.7", -14.25, -170.7],
    ["51.9", "177.5", 51.9, 177.5],
    ["0", "0", null, null],
  ])("places %s, %s at %j, %j", async (latitude, longitude, lat, lon) => {
    expect(await cameraOf({ latitude, longitude })).toMatchObject({ lat, lon });
  });

  it.each([
    ["ak", "Alaska"],
    ["VI", "US Virgin Islands"],
    ["CA,NV", null],
    ["", null],
  ])("takes the states %j for %j", async (states, region) => {
    expect(await cameraOf({ relatedParks: [{ states }] })).toMatchObject({ region, name: "Sample Webcam" });
  });

  it("reads on until all were given", async () => {
    const row = (index: number) => webcam({ id: `sample-${index}` });
    const page = (start: number, count: number): Fixture => ({
      path: `${PATH}?limit=500&start=${start}`,
      body: { total: "502", data: Array.from({ length: count }, (_, index) => row(start + index)) },
    });
    const { cameras, partial } = await scrape([page(0, 500), page(500, 2)]);
    expect(cameras).toHaveLength(502);
    expect(partial).toEqual([]);
  });

  it("takes no webcam at all for a mistake", async () => {
    await expect(scrape([{ path: PATH, body: { total: "0", data: [] } }])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_EMPTY",
    });
  });

  it("hands the key over in the header, and nowhere else", async () => {
    await using origin = await serveFixtures([LIST]);
    const arrived = origin.nextRequest();
    const { cameras } = await runSource(source, { rerouteTo: origin.url, env: { NPS_API_KEY: "invented" } });
    expect((await arrived).headers["x-api-key"]).toBe("invented");
    expect(JSON.stringify([origin.requests, cameras])).not.toContain("invented");
  });
});

describe("nps-webcams' resolve", () => {
  async function resolve(fixtures: readonly Fixture[]) {
    const { cameras } = await scrape();
    await using origin = await serveFixtures(fixtures);
    return await resolveCamera(source, { ...cameras[0]!, id: ID }, { rerouteTo: origin.url });
  }
  const page = (body: string): Fixture => ({ host: "www.nps.gov", path: VIEW.path, body });

  it("tells the picture on the camera's page, absolute and without what only defeats caches", async () => {
    expect(await resolve([VIEW])).toEqual({
      stream_url: "https://www.nps.gov/webcams-exam/harbor.jpg?size=large",
      expires_in_s: 3600,
    });
  });

  it("knows the picture by the page's older marks", async () => {
    const older = page('<p><img class="Webcam__Image" src="//images.cameras.example/a.jpg"></p>');
    expect(await resolve([older])).toMatchObject({ stream_url: "https://images.cameras.example/a.jpg" });
  });

  it.each([
    ["no picture", "<p>Coming back in May</p>"],
    ["the placeholder", '<img id="webcamRefreshImage" src="/common/images/inactive_webcam.png">'],
    ["an empty address", '<img id="webcamRefreshImage" src="">'],
  ])("says so where the page shows %s", async (_, body) => {
    await expect(resolve([page(body)])).rejects.toMatchObject({ code: "ARGUS_SOURCE_NO_PICTURE", retryable: true });
  });

  it("keeps to the site's robots.txt", async () => {
    const robots: Fixture = { path: "/robots.txt", body: "User-agent: *\nDisallow: /media/" };
    await expect(resolve([robots, VIEW])).rejects.toMatchObject({ code: "ARGUS_SOURCE_ROBOTS" });
  });
});
