import { existsSync, readFileSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const pathOf = (district: number) => `/data/d${district}/cctv/cctvStatusD${district < 10 ? "0" : ""}${district}.json`;

function row(district: number, folder: string, location: object = {}, video = "") {
  const place = { locationName: folder, longitude: "-120.5", latitude: "37.5", direction: "", route: "" };
  const currentImageURL = `https://cameras.example/data/d${district}/cctv/image/${folder}/${folder}.jpg`;
  return {
    cctv: {
      index: "1",
      location: { ...place, ...location },
      inService: "true",
      imageData: { streamingVideoURL: video, static: { currentImageUpdateFrequency: "5", currentImageURL } },
    },
  };
}

const DISTRICTS = Array.from({ length: 12 }, (_, index) => index + 1);
const fixtureOf = (district: number): Fixture => ({
  path: pathOf(district),
  body: { data: [row(district, "examplehill")] },
});
// One camera of district 7 is listed twice, one has no picture.
const SEVEN: Fixture = {
  path: pathOf(7),
  bodyFile: new URL("../fixtures/cctvStatusD07.json", import.meta.url),
  rejected: 2,
};
const FIXTURES = DISTRICTS.map((district) => (district === 7 ? SEVEN : fixtureOf(district)));
const onlyOf = (seven: Fixture) => FIXTURES.map((fixture) => (fixture === SEVEN ? seven : fixture));

testSource(source, { describe, it, fixtures: FIXTURES });

describe("caltrans", () => {
  it("asks to be left out of bulk sweeps, as its terms do", () => {
    expect(source.bulk).toBe(false);
  });

  async function scrape(fixtures: readonly Fixture[] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { rerouteTo: origin.url });
  }

  it("reads a camera with video whole, with its picture as the still", async () => {
    const { cameras, partial } = await scrape();
    expect(cameras.find(({ id }) => id.startsWith("caltrans:d7:"))).toMatchObject({
      id: "caltrans:d7:i990196exampleave",
      name: "I-990: Example Ave Off Ramp",
      lat: 34.25,
      lon: -118.5,
      country: "US",
      region: "California",
      city: "Exampleton",
      stream_url: "https://video.cameras.example/D7/CCTV-196.stream/playlist.m3u8",
      stream_kind: "hls",
      snapshot_url: "https://cameras.example/data/d7/cctv/image/i990196exampleave/i990196exampleave.jpg",
      refresh_s: null,
      tags: ["traffic", "i-990", "southbound"],
      attribution: expect.stringContaining("Caltrans"),
    });
    expect(partial).toEqual([]);
  });

  it("takes the picture for the stream where there is no video, and its minutes for seconds", async () => {
    const { cameras } = await scrape();
    const stills = cameras.filter(({ id, stream_kind }) => id.includes(":d7:") && stream_kind === "jpeg");
    expect(stills.map(({ stream_url, snapshot_url, refresh_s }) => [stream_url, snapshot_url, refresh_s])).toEqual([
      ["https://cameras.example/data/d7/cctv/image/sr999examplest/sr999examplest.jpg", null, 120],
      ["https://cameras.example/data/d7/cctv/image/i99017bridge/i99017bridge.jpg", null, null],
    ]);
  });

  it("believes where a name says it looks, and not the carriageway's direction", async () => {
    const { cameras } = await scrape();
    const seven = cameras.filter(({ id }) => id.includes(":d7:"));
    expect(seven.map(({ heading_deg, tags }) => [heading_deg, tags.slice(2)])).toEqual([
      [null, ["southbound"]],
      [270, ["northbound"]],
      [null, []],
    ]);
  });

  it("leaves out what is out of service, picture or not, and turns away what is listed twice or has no picture", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras.map(({ name }) => name)).not.toContain("I-990: Out of Service");
    expect(rejected).toEqual([
      { raw_id: "row 6", reason: expect.stringContaining("image folder") },
      { raw_id: "d7:i99017bridge", reason: "duplicate id" },
    ]);
  });

  it("reads the other districts where one fails, and says which", async () => {
    const { cameras, partial } = await scrape(onlyOf({ path: pathOf(7), status: 500 }));
    expect(partial).toEqual([expect.stringMatching(/^district 7: .* answered 500/u)]);
    expect(cameras).toHaveLength(11);
  });

  it("takes a district whose format changed for one that failed", async () => {
    const changed = { data: [{ cctv: { ...row(7, "a").cctv, inService: "yes, today" } }] };
    const { cameras, partial } = await scrape(onlyOf({ path: pathOf(7), body: changed }));
    expect(partial).toEqual([expect.stringContaining("inService: must be true or false")]);
    expect(cameras).toHaveLength(11);
  });

  it("knows no place for a camera outside California", async () => {
    const body = { data: [row(7, "zero", { longitude: "0", latitude: "0" }), row(7, "nowhere", { longitude: "" })] };
    const { cameras } = await scrape(onlyOf({ path: pathOf(7), body }));
    const seven = cameras.filter(({ id }) => id.includes(":d7:"));
    expect(seven.map(({ lat, lon }) => [lat, lon])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});

const recorded = (file: string) => new URL(`../../../../shared/camdata/caltrans/${file}`, import.meta.url);
const SEVEN_RECORDED = recorded("cctvStatusD07-rows-reduced.json");
const ALL_RECORDED = recorded("argus-caltrans-2026-05-15.geojson");

describe("caltrans, recorded", () => {
  const missing = !existsSync(SEVEN_RECORDED) || !existsSync(ALL_RECORDED);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${ALL_RECORDED.pathname} is not here\n`,
    );

  it.skipIf(missing)("reads a recorded answer of district 7", async () => {
    await using origin = await serveFixtures([{ path: pathOf(7), bodyFile: SEVEN_RECORDED }]);
    const { cameras, rejected, partial } = await runSource(source, { rerouteTo: origin.url });
    expect(cameras.map(({ id }) => id)).toEqual([
      "caltrans:d7:i110196avenue26offramp",
      "caltrans:d7:i52slausonave",
      "caltrans:d7:i517southofi10",
    ]);
    expect(rejected).toEqual([]);
    expect(partial).toHaveLength(11);
  });

  it.skipIf(missing)("gives every camera of a recorded catalogue an id of its own, a place and a name", async () => {
    await using origin = await serveFixtures(catalogueFixtures());
    const { cameras, rejected } = await runSource(source, { rerouteTo: origin.url });
    expect(rejected).toEqual([]);
    expect(cameras).toHaveLength(2667);
    expect(cameras.filter(({ stream_kind }) => stream_kind === "hls")).toHaveLength(1680);
    expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
    expect(cameras.filter(({ name }) => /--|\(C ?[\dX]|\(\d+\)|^\d+ -|_/u.test(name)).map(({ name }) => name)).toEqual(
      [],
    );
  });
});

type Catalogue = {
  features: { geometry: { coordinates: number[] }; properties: Record<string, string> }[];
};

/** The catalogue is not in the origin's format: its cameras as the districts' files would list them. */
function catalogueFixtures(): Fixture[] {
  const { features } = JSON.parse(readFileSync(ALL_RECORDED, "utf8")) as Catalogue;
  const data = DISTRICTS.map((): object[] => []);
  for (const { geometry, properties } of features) {
    const { name: locationName = "", direction, route, feedUrl = "", streamUrl } = properties;
    const { district, folder = "" } = /\/d(?<district>\d+)\/.*\/(?<folder>[^/]+)\/[^/]+$/u.exec(feedUrl)?.groups ?? {};
    const [longitude, latitude] = geometry.coordinates.map(String);
    const place = { locationName, longitude, latitude, direction, route };
    data[Number(district) - 1]?.push(row(Number(district), folder, place, streamUrl));
  }
  return DISTRICTS.map((district) => ({ path: pathOf(district), body: { data: data[district - 1] } }));
}
