import { existsSync, readFileSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const CITY = {
  id: "city",
  url: "open/cameras.geojson",
  title: "City of Example",
  attribution: "City of Example, roads department",
  licence: "CC-BY-4.0",
  terms_url: "https://city.example/terms",
  columns: {
    id: ["$id"],
    name: ["street", "view"],
    image: "still",
    video: "media.0.hls",
    heading: "facing",
    city: "town",
    tags: ["road"],
    attribution: "owner",
  },
  in_service: { column: "state", values: ["Online"] },
  area: [10, 50, 11, 51],
  country: "DE",
  refresh_s: 60,
  tags: ["traffic"],
};
const STATE = {
  id: "state",
  url: "https://raw.githubusercontent.com/example/roads/main/cameras.csv",
  charset: "windows-1252",
  title: "State of Example",
  attribution: "State of Example",
  columns: {
    id: ["Code"],
    name: ["Standort"],
    image: "https://cameras.example/still?camera={Code}&place={Standort}",
    page: "Seite",
    position: "Koordinaten",
    heading: "Richtung",
    country: "Land",
  },
};
const WALKS = {
  id: "walks",
  url: "walks",
  format: "json",
  rows: "data.cameras",
  title: "Example Walks",
  attribution: "Example Walks",
  columns: { name: ["title"], page: "web", position: "at" },
};
const SERVING = { column: "available", values: ["true"] };
// One camera in service has no picture.
const GEOJSON: Fixture = { path: "/open/cameras.geojson", bodyFile: fixture("cameras.geojson"), rejected: 1 };
const CSV: Fixture = {
  path: "/example/roads/main/cameras.csv",
  host: "raw.githubusercontent.com",
  bodyFile: fixture("cameras.csv"),
  contentType: "text/csv",
};
const JSON_ROWS: Fixture = { path: "/walks", bodyFile: fixture("cameras.json") };
const FIXTURES = [GEOJSON, CSV, JSON_ROWS];

testSource(source, { describe, it, fixtures: FIXTURES, options: { lists: [CITY, STATE, WALKS] } });

function fixture(name: string): URL {
  return new URL(`../fixtures/${name}`, import.meta.url);
}

async function scrape(fixtures: readonly Fixture[], lists: readonly object[], options: object = {}) {
  await using origin = await serveFixtures(fixtures);
  const base_url = `${origin.url}/`;
  const result = await runSource(source, { options: { base_url, lists, ...options }, rerouteTo: origin.url });
  return { ...result, requests: origin.requests, url: origin.url };
}

describe("geojson-url reads GeoJSON", () => {
  it("whole, with the credits that the user gave", async () => {
    const { cameras, url } = await scrape([GEOJSON], [CITY]);
    expect(cameras[0]).toEqual({
      id: "geojson-url:city:view.7",
      source_id: "geojson-url",
      name: "Example & Mill, North",
      description: null,
      lat: 50.11,
      lon: 10.11,
      country: "DE",
      region: null,
      city: "Exampleton",
      heading_deg: 0,
      stream_url: "https://cameras.example/live/7/index.m3u8",
      stream_kind: "hls",
      snapshot_url: `${url}/stills/7.jpg`,
      page_url: null,
      refresh_s: 60,
      tags: ["traffic", "ex-9"],
      manufacturer: null,
      attribution: "Exampleton Harbour",
      licence: "CC-BY-4.0",
      terms_url: "https://city.example/terms",
    });
  });

  it("puts swapped pairs right, looks for columns where there is no geometry, and keeps to the area", async () => {
    const { cameras } = await scrape([GEOJSON], [CITY]);
    expect(cameras.map(({ id, lat, lon }) => [id, lat, lon])).toEqual([
      ["geojson-url:city:view.7", 50.11, 10.11],
      ["geojson-url:city:view.8", 50.12, 10.12],
      ["geojson-url:city:view.9", 50.13, 10.13],
      ["geojson-url:city:view.11", null, null],
      ["geojson-url:city:view.13", 50.17, 10.17],
    ]);
  });

  it("says a repeated name once, names what has none by the list, and knows motion JPEG by its ending", async () => {
    const { cameras } = await scrape([GEOJSON], [CITY]);
    expect(cameras.slice(1, 3)).toMatchObject([
      { name: "Example & Mill", stream_kind: "mjpeg", heading_deg: null, tags: ["traffic"], city: null },
      { name: "City of Example view.9", stream_kind: "jpeg", attribution: "City of Example, roads department" },
    ]);
  });

  it("leaves out what is out of service, and turns away what has no picture by its id", async () => {
    const { cameras, rejected } = await scrape([GEOJSON], [CITY]);
    expect(cameras.map(({ id }) => id)).not.toContain("geojson-url:city:view.10");
    expect(rejected).toEqual([{ raw_id: "view.12", reason: expect.stringContaining("no address of a picture") }]);
  });

  it("makes an id of the picture's address where none is named, the same whatever else changes", async () => {
    const list = { ...CITY, columns: { ...CITY.columns, id: [], video: null } };
    const renewed = readFileSync(fixture("cameras.geojson"), "utf8")
      .replaceAll(/"OBJECTID": 9|view\./gu, "$&1")
      .replaceAll("Quay", "Kay");
    // The address of one still is relative, and the server's port another each time.
    const ids = async (one: Fixture) => (await scrape([one], [list])).cameras.slice(1).map(({ id }) => id);
    const first = await ids(GEOJSON);
    expect(first).toHaveLength(4);
    expect(first[0]).toMatch(/^geojson-url:city:[0-9a-f]{16}$/u);
    expect(await ids({ path: GEOJSON.path, body: renewed })).toEqual(first);
  });
});

describe("geojson-url reads CSV and JSON", () => {
  it("in another charset, with addresses made of columns, and positions as text", async () => {
    const { cameras } = await scrape([CSV], [STATE]);
    expect(cameras).toMatchObject([
      {
        id: "geojson-url:state:1",
        name: "Brücke Nord",
        lat: 50.21,
        lon: 10.21,
        country: "DE",
        heading_deg: 0,
        stream_url: "https://cameras.example/still?camera=1&place=Br%C3%BCcke%20Nord",
        stream_kind: "jpeg",
        page_url: "https://www.cameras.example/1",
        attribution: "State of Example",
        licence: "unknown",
      },
      { id: "geojson-url:state:2", lat: 50.22, lon: 10.22, country: null, heading_deg: 180, page_url: null },
      { id: "geojson-url:state:3", lat: null, lon: null, country: "AT", heading_deg: 90 },
    ]);
  });

  it("where the address asks for CSV, its columns named as usual, in another projection", async () => {
    const at = "/wfs?outputFormat=text%2Fcsv";
    const body = "X,Y,URL\n1126860.5,6482700.2,https://cameras.example/1.jpg\n";
    const list = { ...STATE, url: at.slice(1), epsg: 3857, columns: { image: "URL" } };
    const { cameras } = await scrape([{ path: at, body, contentType: "text/csv" }], [list]);
    expect(cameras).toMatchObject([{ lat: expect.closeTo(50.2, 1), lon: expect.closeTo(10.12, 1) }]);
  });

  it("whose rows lie deeper, pages being cameras; what is listed twice is one", async () => {
    const { cameras, rejected } = await scrape([JSON_ROWS], [WALKS]);
    expect(cameras).toMatchObject([
      { name: "Example Pass", lat: 50.31, stream_kind: "page", stream_url: null },
      { name: "Example Lake", lat: 50.32, page_url: "https://www.cameras.example/pass" },
    ]);
    expect(rejected).toEqual([]);
  });
});

describe("geojson-url says what is wrong", () => {
  it("when no list is described, instead of listing nothing", async () => {
    await expect(runSource(source)).rejects.toMatchObject({ code: "ARGUS_SOURCE_UNCONFIGURED" });
  });

  it("when a column is not there, and which there are", async () => {
    const list = { ...STATE, columns: { ...STATE.columns, id: ["Kode"] } };
    await expect(scrape([CSV], [list])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
      message: expect.stringMatching(/"state".*no row has Kode; there are: Code, Standort/u),
    });
  });

  it.each([
    ["there are no rows at that path", { ...WALKS, rows: "data.cams" }, "no list of rows at data.cams"],
    ["it is no GeoJSON", { ...WALKS, format: "geojson", rows: "" }, "GeoJSON"],
  ])("when %s", async (_name, list, message) => {
    await expect(scrape([JSON_ROWS], [list])).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it("when more rows are bad than the list's settings allow", async () => {
    const body = {
      features: [
        { id: 1, properties: { still: "https://cameras.example/1.jpg" } },
        { id: 2, properties: {} },
      ],
    };
    const list = { ...CITY, columns: { id: ["$id"], image: "still" }, in_service: null };
    const one = { path: "/open/cameras.geojson", body };
    await expect(scrape([one], [list])).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
    expect((await scrape([one], [{ ...list, max_bad_share: 0.5 }])).cameras).toHaveLength(1);
  });

  it("when one list fails, and reads the others", async () => {
    const { cameras, partial } = await scrape([{ ...GEOJSON, status: 404 }, CSV], [CITY, STATE]);
    expect(cameras).toHaveLength(3);
    expect(partial).toEqual([expect.stringMatching(/^list city \(City of Example\): .*404/u)]);
  });

  it.each([
    ["two lists with one id", { lists: [CITY, CITY] }, "lists"],
    ["another scheme", { lists: [{ ...CITY, url: "ftp://city.example/x" }] }, "http or https"],
    ["no credit", { lists: [{ ...CITY, attribution: " " }] }, "attribution"],
    ["no picture", { lists: [{ ...CITY, columns: { id: ["a"] } }] }, "needs image, video or page"],
    ["half a position", { lists: [{ ...CITY, columns: { image: "a", lat: "b" } }] }, "both lat and lon"],
    ["a misspelt setting", { lists: [{ ...CITY, licens: "x" }] }, "licens"],
    ["a place for a key and no key", { lists: [{ ...CITY, url: "x?k={key}" }] }, "set the option key"],
  ])("when its options have %s", (_name, options, reason) => {
    expect(() => source.options.parse(options)).toThrow(reason);
  });

  it("and takes no host from a redirect that nobody has named", async () => {
    const Location = "https://elsewhere.example/cameras.csv";
    const moved = { ...CSV, host: "data.state.example", status: 302, headers: { Location } };
    const list = { ...STATE, url: "https://data.state.example/example/roads/main/cameras.csv" };
    await expect(scrape([moved], [list])).rejects.toMatchObject({ code: "ARGUS_SOURCE_HOST_UNDECLARED" });
    const { cameras } = await scrape([{ ...CSV, host: "data.state.example" }], [list]);
    expect(cameras).toHaveLength(3);
  });

  it("and puts the key where it belongs, hidden in its form", async () => {
    const list = { ...WALKS, url: "walks?apikey={key}" };
    const { requests } = await scrape([JSON_ROWS], [list], { key: "a/b" });
    expect(requests).toEqual(["/walks?apikey=a%2Fb"]);
    expect(source.options.toJSONSchema()).toMatchObject({ properties: { key: { format: "password" } } });
  });
});

describe("geojson-url on recorded files", () => {
  const columns = { id: ["id"], name: ["name"] };
  const recorded = [
    {
      file: "tfl/jamcams-geojson-2024-04-09.json",
      list: { columns: { name: ["view"], image: "imageUrl", video: "videoUrl" }, in_service: SERVING },
      // Of 900 these are in service.
      cameras: 739,
    },
    {
      file: "caltrans/argus-caltrans-2026-05-15.geojson",
      list: { columns: { ...columns, image: "feedUrl", video: "streamUrl", city: "city" } },
      cameras: 2667,
    },
    {
      file: "drivebc/webcams-ogl-bc-one-row.csv",
      list: { columns: { id: ["id"], name: ["camName"], image: "links_imageDisplay", heading: "orientation" } },
      cameras: 1,
    },
  ];
  for (const { file, list, cameras: expected } of recorded) {
    const path = new URL(`../../../../shared/camdata/${file}`, import.meta.url);
    const missing = !existsSync(path);
    if (missing)
      process.stderr.write(`SKIPPED: ${source.id} is not tested on recorded data, for ${path.pathname} is not here\n`);
    it.skipIf(missing)(`reads ${file}`, async () => {
      const url = path.pathname.split("/").at(-1);
      const settings = { id: "recorded", url, title: "Recorded", attribution: "Recorded", ...list };
      const { cameras, rejected } = await scrape([{ path: `/${url}`, bodyFile: path }], [settings]);
      expect(rejected).toEqual([]);
      expect(cameras).toHaveLength(expected);
      expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
    });
  }
});
