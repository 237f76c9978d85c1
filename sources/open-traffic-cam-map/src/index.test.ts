import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/cameras/USA.json";
// Two addresses carry credentials, one row has a format nobody knows.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/usa.json", import.meta.url), rejected: 3 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("open-traffic-cam-map", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: origin.url } });
  }

  it("reads HLS and stills, and milliseconds as seconds", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ name, stream_kind, refresh_s }) => [name, stream_kind, refresh_s])).toEqual([
      ["I-1 Example Rd", "hls", null],
      ["US 2 at Border Bridge", "jpeg", 120],
      ["Main St", "jpeg", 300],
      ["Mountain Pass", "jpeg", null],
      ["Same page, other view", "jpeg", null],
    ]);
  });

  it("files a camera under its state and place, where other is no place", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({ country: "US", region: "Examplia", city: "Sample" });
    expect(cameras[3]).toMatchObject({ region: "Examplia", city: null });
  });

  it("takes the cache buster off an address and leaves other queries alone", async () => {
    const { cameras } = await scrape();
    expect(cameras[1]?.stream_url).toBe("https://cameras.example/border.jpg");
    expect(cameras[2]?.stream_url).toBe("https://cameras.example/image?camera=7");
  });

  it("takes a camera filed under two states once, and tells views at one address apart", async () => {
    const { cameras } = await scrape();
    const border = cameras.filter(({ stream_url }) => stream_url === "https://cameras.example/border.jpg");
    expect(border.map(({ name, region, heading_deg }) => [name, region, heading_deg])).toEqual([
      ["US 2 at Border Bridge", "Examplia", 0],
      ["Same page, other view", "Neighbouria", 180],
    ]);
  });

  it("gives a camera the id it has always had", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]?.id).toBe("open-traffic-cam-map:9c26c6cda6ddf8e3");
  });

  it("tells what was marked for review, and takes both directions for none", async () => {
    const { cameras } = await scrape();
    expect(cameras[2]).toMatchObject({ tags: ["traffic", "marked for review"], heading_deg: null });
  });

  it("turns away addresses with credentials without repeating them", async () => {
    const { rejected } = await scrape();
    const reasons = rejected.map(({ reason }) => reason);
    expect(reasons).toContain("stream_url: must be http or https, not rtsp:");
    expect(reasons).toContain(
      'stream_url carries a query parameter "api_key": a camera behind a credential is not public',
    );
    expect(JSON.stringify(rejected)).not.toContain("hunter2");
    expect(rejected[0]?.raw_id).toBe("Unknown format");
  });

  it("reports its progress by state", async () => {
    const { progress } = await scrape();
    expect(progress).toEqual([
      { done: 0, total: 2, message: "Examplia" },
      { done: 1, total: 2, message: "Neighbouria" },
      { done: 2, total: 2 },
    ]);
  });

  const recorded = new URL("../../../../shared/camdata/opentrafficcammap/USA.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads the whole recorded data set", async () => {
    const { cameras, rejected, partial } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras.length).toBeGreaterThan(6900);
    expect(rejected).toEqual([]);
    expect(partial).toEqual([]);
    expect(new Set(cameras.map(({ region }) => region)).size).toBe(10);
  });
});
