import { existsSync, readFileSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/api/cameras";
// One camera's state is neither true nor false.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/cameras.json", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
  await using origin = await serveFixtures(fixtures);
  return await runSource(source, { options: { base_url: `${origin.url}/` } });
}

describe("nyc-dot", () => {
  it("reads a camera whole", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "nyc-dot:00000000-0000-4000-8000-000000000001",
      name: "Example Ave @ 12 St",
      lat: 40.75,
      lon: -73.95,
      country: "US",
      region: "New York",
      city: "Manhattan",
      heading_deg: null,
      stream_url: "https://cameras.example/api/cameras/00000000-0000-4000-8000-000000000001/image",
      stream_kind: "jpeg",
      licence: "unknown",
    });
  });

  it("leaves out a camera that is offline, which it says in text, and turns away one that says neither", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras.map(({ name }) => name)).not.toContain("Dark St @ 1 Ave");
    expect(cameras).toHaveLength(5);
    expect(rejected).toEqual([
      { raw_id: "00000000-0000-4000-8000-000000000007", reason: expect.stringContaining("isOnline") },
    ]);
  });

  it("drops what a name says of the camera, and takes its last word for where it looks, but no street and no number", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map(({ name, heading_deg }) => [name, heading_deg])).toEqual([
      ["Mill Rd W @ Hill Ave", null],
      ["EXE-02-EB at 27th St-Ex15", null],
      ["Example Blvd @ 39 St - East", 90],
      ["Broad Way @ 46 St- Quad South", 180],
    ]);
  });

  it("takes (0, 0) and an empty borough for unknown, and stores a picture's address without its cache buster", async () => {
    const { cameras } = await scrape();
    expect(cameras[3]).toMatchObject({ lat: null, lon: null, city: null });
    expect(cameras[4]?.stream_url).toMatch(/\/image$/u);
  });
});

const recorded = (file: string) => new URL(`../../../../shared/camdata/nyc-dot/${file}`, import.meta.url);
const ROW = recorded("api-cameras-one-row.json");
const CATALOGUE = recorded("cameras-slim-2026.json");

describe("nyc-dot, recorded", () => {
  const missing = !existsSync(ROW) || !existsSync(CATALOGUE);
  if (missing)
    process.stderr.write(`SKIPPED: ${source.id} is not tested on recorded data, for ${ROW.pathname} is not here\n`);

  it.skipIf(missing)("reads a recorded row of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: ROW }]);
    expect(cameras.map(({ name, city }) => [name, city])).toEqual([["Central Park West @ 86 St", "Manhattan"]]);
    expect(rejected).toEqual([]);
  });

  it.skipIf(missing)("gives every camera of a recorded catalogue a place and a name", async () => {
    const [whole] = JSON.parse(readFileSync(ROW, "utf8")) as object[];
    const rows = JSON.parse(readFileSync(CATALOGUE, "utf8")) as object[];
    const { cameras, rejected } = await scrape([{ path: PATH, body: rows.map((row) => ({ ...whole, ...row })) }]);
    expect(rejected).toEqual([]);
    expect(cameras).toHaveLength(965);
    expect(cameras.filter(({ lat }) => lat === null)).toEqual([]);
    expect(cameras.filter(({ name }) => /_| {2}|^C\d-|\d\.\d+$|ptz$/iu.test(name)).map(({ name }) => name)).toEqual([]);
  });
});
