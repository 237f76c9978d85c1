import { existsSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import source from "./index.ts";

const KEYS = { new_brunswick_key: "nb-example", new_york_key: "ny-example", other_key: "other-example" };
const V2 = "/api/v2/get/cameras";
const file = (name: string) => new URL(`../fixtures/${name}.json`, import.meta.url);
const NEW_BRUNSWICK: Fixture = {
  host: "511.gnb.ca",
  path: V2,
  query: { key: "nb-example", format: "json" },
  bodyFile: file("new-brunswick"),
  // One view has no picture.
  rejected: 1,
};
const NEW_YORK: Fixture = {
  host: "511ny.org",
  path: "/api/getcameras",
  query: { key: "ny-example", format: "json" },
  bodyFile: file("new-york"),
};
const OTHER: Fixture = { path: V2, query: { key: "other-example" }, bodyFile: file("other") };
const FIXTURES = [NEW_BRUNSWICK, NEW_YORK, OTHER];

testSource(source, { describe, it, fixtures: FIXTURES, options: KEYS });

async function scrape(fixtures: readonly Fixture[], options: Record<string, string>) {
  await using origin = await serveFixtures(fixtures);
  const result = await runSource(source, { options: { base_url: origin.url, ...options }, rerouteTo: origin.url });
  return { ...result, requests: origin.requests };
}

describe("travel-511 cameras", () => {
  const scrapeNewBrunswick = () => scrape([NEW_BRUNSWICK], { new_brunswick_key: "nb-example" });

  it("reads a view whole", async () => {
    const { cameras } = await scrapeNewBrunswick();
    expect(cameras[0]).toMatchObject({
      id: "travel-511:511.gnb.ca:1:1",
      name: "Example River Route 99",
      lat: 46.5,
      lon: -66.5,
      country: "CA",
      region: "New Brunswick",
      heading_deg: null,
      stream_url: "https://511.gnb.ca/map/Cctv/1",
      stream_kind: "jpeg",
      snapshot_url: null,
      tags: ["traffic", "route 99"],
      attribution: "511 New Brunswick (511.gnb.ca)",
      licence: "unknown",
    });
  });

  it("lists each view on its own, and none that is disabled", async () => {
    const { cameras } = await scrapeNewBrunswick();
    expect(cameras.slice(1, 3).map(({ id, name }) => [id, name])).toEqual([
      ["travel-511:511.gnb.ca:6:6", "Sample Bay & Harbour Route 98 (view 1)"],
      ["travel-511:511.gnb.ca:6:7", "Sample Bay & Harbour Route 98: Looking East"],
    ]);
    expect(cameras.map(({ id }) => id)).not.toContain("travel-511:511.gnb.ca:6:8");
  });

  it("takes the heading from the view, else from the site", async () => {
    const { cameras } = await scrapeNewBrunswick();
    expect(cameras.slice(1, 4).map(({ heading_deg }) => heading_deg)).toEqual([180, 90, null]);
  });

  it("reads places that are text, and takes (0, 0) for none", async () => {
    const { cameras } = await scrapeNewBrunswick();
    expect(cameras.slice(2, 4).map(({ lat, lon }) => [lat, lon])).toEqual([
      [45.2, -66.2],
      [null, null],
    ]);
  });

  it("makes addresses whole, and takes the cache buster off", async () => {
    const { cameras } = await scrapeNewBrunswick();
    expect(cameras.slice(1, 3).map(({ stream_url }) => stream_url)).toEqual([
      "https://511.gnb.ca/map/Cctv/6",
      "https://511.gnb.ca/map/Cctv/7",
    ]);
  });

  it("names a site without a name by its region and number", async () => {
    const { cameras } = await scrapeNewBrunswick();
    expect(cameras[3]).toMatchObject({ name: "New Brunswick 7 (view 1)", tags: ["traffic"] });
  });

  it("takes video that plays without a token, and the still where it needs one", async () => {
    const { cameras } = await scrapeNewBrunswick();
    expect(cameras.slice(3)).toMatchObject([
      {
        stream_kind: "hls",
        stream_url: "https://cameras.example/live/9/playlist.m3u8",
        snapshot_url: "https://511.gnb.ca/map/Cctv/9",
      },
      { stream_kind: "jpeg", stream_url: "https://511.gnb.ca/map/Cctv/10", snapshot_url: null },
    ]);
  });

  it("turns away a view without a picture", async () => {
    const { rejected } = await scrapeNewBrunswick();
    expect(rejected).toEqual([{ raw_id: "511.gnb.ca:7:11", reason: "it has no address of a picture" }]);
  });

  it("reads the older list of New York, with the credit it asks for", async () => {
    const { cameras } = await scrape([NEW_YORK], { new_york_key: "ny-example" });
    expect(cameras).toMatchObject([
      {
        id: "travel-511:511ny.org:Example-10001",
        name: "I-1 at Exit 9 (Example Rd)",
        heading_deg: 270,
        stream_kind: "hls",
        snapshot_url: "https://511ny.org/map/Cctv/10001--99",
        attribution: "Powered by 511NY",
      },
    ]);
  });

  it("takes no video of North Carolina, which asks for a login", async () => {
    const fixture = { ...OTHER, host: "drivenc.gov" };
    const { cameras } = await scrape([fixture], { north_carolina_key: "other-example" });
    expect(cameras).toMatchObject([
      { region: "North Carolina", stream_kind: "jpeg", stream_url: "https://cameras.example/map/Cctv/900" },
    ]);
  });

  it("gives Ontario's cameras their own licence, and none a place outside its province", async () => {
    const fixture = { ...OTHER, host: "511on.ca" };
    const { cameras } = await scrape([fixture], { ontario_key: "other-example" });
    expect(cameras).toMatchObject([{ licence: "Open Government Licence – Ontario", lat: null, lon: null }]);
  });
});

describe("travel-511 hosts", () => {
  it("asks the hosts that have a key, and no others", async () => {
    const { requests } = await scrape(FIXTURES, { new_york_key: "ny-example" });
    expect(requests).toEqual(["/api/getcameras?key=ny-example&format=json"]);
  });

  it("says what to do when no host has a key, instead of listing nothing", async () => {
    await expect(scrape([], {})).rejects.toMatchObject({
      code: "ARGUS_SOURCE_UNCONFIGURED",
      message: expect.stringContaining("ontario_key"),
    });
  });

  it("reads the others when a host refuses its key, and says which without the key", async () => {
    const refused = { host: "511ny.org", path: "/api/getcameras", status: 400, body: "Invalid Key" };
    const { cameras, partial } = await scrape([NEW_BRUNSWICK, refused, OTHER], KEYS);
    expect(new Set(cameras.map(({ id }) => id.split(":")[1]))).toEqual(new Set(["511.gnb.ca", "127.0.0.1"]));
    expect(partial).toEqual(["511ny.org: 511ny.org answered 400: it wants another key; check its option"]);
  });

  it("reads the others when a host's list is of another format, or empty", async () => {
    const changed = { host: "511ny.org", path: "/api/getcameras", body: [{ title: "I-1" }, { title: "I-2" }] };
    const empty = { host: "511.gnb.ca", path: V2, body: [] };
    const { cameras, partial } = await scrape([empty, changed, OTHER], KEYS);
    expect(cameras).toHaveLength(1);
    expect(partial.map((reason) => reason.split(":")[0])).toEqual(["511.gnb.ca", "511ny.org"]);
  });

  it("lists the cameras of a host that it does not know, where the user added it", async () => {
    const { cameras } = await scrape([OTHER], { other_key: "other-example" });
    expect(cameras).toMatchObject([{ name: "SR-9 at Example St", country: null, lat: 36.6, lon: -79.4 }]);
  });

  it("asks a known host once when it was given as the other one too", async () => {
    const fixture = { host: "511on.ca", path: V2, bodyFile: file("other") };
    const options = { base_url: "https://www.511on.ca", other_key: "other-example", ontario_key: "on-example" };
    const { requests } = await scrape([fixture], options);
    expect(requests).toEqual([`${V2}?key=on-example&format=json`]);
  });

  it("hides the keys in its form", () => {
    const { properties } = z.toJSONSchema(source.options);
    const shown = Object.entries(properties ?? {}).filter(
      ([, field]) => typeof field !== "object" || field.format !== "password",
    );
    expect(shown.map(([name]) => name)).toEqual(["base_url"]);
    expect(Object.keys(properties ?? {})).toHaveLength(23);
  });
});

describe("511.gnb.ca", () => {
  const recorded = new URL(
    "../../../../shared/camdata/511-platform/nb-511-gnb-webcams-2025-11-15.json",
    import.meta.url,
  );
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("is read whole as it was recorded", async () => {
    const fixture = { host: "511.gnb.ca", path: V2, bodyFile: recorded };
    const { cameras, rejected } = await scrape([fixture], { new_brunswick_key: "nb-example" });
    expect(rejected).toEqual([]);
    // Of 67 views one is disabled.
    expect(cameras).toHaveLength(66);
    expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
  });
});
