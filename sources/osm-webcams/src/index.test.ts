import { existsSync, readFileSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const AT = { method: "POST", path: "/api/interpreter" } as const;
const FIXTURE: Fixture = {
  ...AT,
  requestBody: (text) => new URLSearchParams(text).get("data")?.includes('nwr["contact:webcam"];') === true,
  bodyFile: new URL("../fixtures/interpreter.json", import.meta.url),
  // One address is a question mark, the other's host an IP address.
  rejected: 2,
};

testSource(source, {
  describe,
  it,
  fixtures: [FIXTURE],
  options: { base_url: "https://overpass-api.de/api" },
});

async function scrape(fixture: Fixture = FIXTURE, options: Record<string, unknown> = {}) {
  await using origin = await serveFixtures([fixture]);
  return await runSource(source, { options: { base_url: `${origin.url}/api/`, ...options } });
}

describe("osm-webcams", () => {
  it("reads a webcam whole, with its website", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "osm-webcams:node/9000001",
      name: "Example Pier",
      description: "View over the old pier\nOperator: Exampleton Harbour",
      lat: 50.1,
      lon: 10.1,
      country: "DE",
      city: "Exampleton",
      heading_deg: 204,
      stream_url: "https://cameras.example/pier/current.jpg",
      stream_kind: "jpeg",
      page_url: "https://www.cameras.example/pier",
      tags: ["harbour", "beach"],
      attribution: expect.stringContaining("© OpenStreetMap contributors"),
      licence: "ODbL-1.0",
    });
  });

  it("links to what is a page, at the middle of a way, and takes no direction of what is no camera", async () => {
    const { cameras } = await scrape();
    expect(cameras[1]).toMatchObject({
      id: "osm-webcams:way/9000002",
      lat: 50.2,
      lon: 10.2,
      heading_deg: null,
      stream_kind: "page",
      stream_url: null,
      page_url: "https://www.cameras.example/inn/webcam/",
    });
  });

  it("lists each address of an element once, the others' ids of their addresses", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(2, 4)).toMatchObject([
      { id: "osm-webcams:relation/9000003", name: "Example Campus", page_url: "https://cameras.example/campus/1.html" },
      {
        id: expect.stringMatching(/^osm-webcams:relation\/9000003:[0-9a-f]{16}$/u),
        name: "Example Campus (2)",
        page_url: "https://cameras.example/campus/2.html",
      },
    ]);
  });

  it("names what has no name, counts directions west of north, and takes several for none", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(4).map(({ name, heading_deg, stream_kind }) => [name, heading_deg, stream_kind])).toEqual([
      ["Example Tower", 330, "page"],
      ["Example Roads A9 km 5", null, "mjpeg"],
      ["Webcam of cameras.example", 135, "jpeg"],
    ]);
  });

  it("takes the first address tag of a camera, and links pictures without a page to the map", async () => {
    const { cameras } = await scrape();
    expect(cameras[5]).toMatchObject({
      stream_url: "https://cameras.example/axis-cgi/mjpg/video.cgi",
      page_url: "https://www.openstreetmap.org/node/9000005",
      tags: ["traffic"],
    });
  });

  it("names what it turns away by element", async () => {
    const { rejected } = await scrape();
    expect(rejected).toMatchObject([
      { raw_id: "node/9000007", reason: expect.stringContaining("no address") },
      { raw_id: "node/9000008", reason: expect.stringContaining("IP address") },
    ]);
  });

  it("asks for an area, and leaves out pages, when told to", async () => {
    const inArea = (text: string) => new URLSearchParams(text).get("data")?.includes("[bbox:50,10,51,11]") === true;
    const { cameras } = await scrape({ ...FIXTURE, requestBody: inArea }, { area: [10, 50, 11, 51], pages: false });
    expect(cameras.map(({ stream_kind }) => stream_kind)).toEqual(["jpeg", "mjpeg", "jpeg"]);
  });

  it("asks for nothing about who mapped it", async () => {
    const noMeta = (text: string) => new URLSearchParams(text).get("data")?.endsWith(");out center;") === true;
    expect((await scrape({ ...FIXTURE, requestBody: noMeta })).cameras).toHaveLength(7);
  });

  it("fails when the server broke off without a row, and is partial when it broke off later", async () => {
    const remark = 'runtime error: Query timed out in "query" at line 2 after 181 seconds.';
    await expect(scrape({ ...AT, body: { elements: [], remark } })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HTTP_STATUS",
      retryable: true,
      message: expect.stringContaining("timed out"),
    });
    const element = { type: "node", id: 1, lat: 1, lon: 1, tags: { "contact:webcam": "https://cameras.example/" } };
    const { cameras, partial } = await scrape({ ...AT, body: { elements: [element], remark } });
    expect(cameras).toHaveLength(1);
    expect(partial).toEqual([expect.stringContaining("timed out")]);
  });

  const recorded = new URL("../../../../shared/camdata/osm/webcammap-overpass-raw.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads recorded elements", async () => {
    const elements: unknown = JSON.parse(readFileSync(recorded, "utf8"));
    const { cameras, rejected } = await scrape({ ...AT, body: { elements } });
    const kinds = [...Map.groupBy(cameras, ({ stream_kind }) => stream_kind)].map(([kind, { length }]) => [
      kind,
      length,
    ]);
    expect(Object.fromEntries(kinds)).toEqual({ jpeg: 1934, hls: 27, mjpeg: 5, mp4: 1, page: 3653 });
    // 104 have no address, which the query does not ask for; 12 have something else in its place; 2 carry a password.
    const ends = Map.groupBy(rejected, ({ reason }) => reason.split(" ").slice(-3).join(" "));
    expect([...ends].map(([end, { length }]) => [end, length])).toEqual([
      ["on the web", 116],
      ["is not public", 2],
    ]);
    expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
  });
});
