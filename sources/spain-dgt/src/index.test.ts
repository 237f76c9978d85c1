import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";
import { PROVINCES } from "./provinces.ts";

const PATH = "/.content/.assets/json/camaras.json";
// One picture's address is a file name alone.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/camaras.json", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("spain-dgt", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole, its numbers being text", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "spain-dgt:900001",
      name: "A-999 km 57.9",
      description: "Carriageway of falling kilometres",
      lat: 42.05,
      lon: -4.25,
      country: "ES",
      region: "Palencia",
      heading_deg: null,
      stream_url: "https://cameras.example/camarasEtraffic/900001.jpg",
      stream_kind: "jpeg",
      refresh_s: 120,
      tags: ["traffic", "a-999"],
      attribution: "Dirección General de Tráfico (DGT)",
      licence: "unknown",
    });
  });

  it("puts a swapped position right, knows the Canary Islands, and leaves an empty one open", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map(({ lat, lon }) => [lat, lon])).toEqual([
      [41.9, -4.5],
      [28.1, -15.5],
      [null, null],
    ]);
  });

  it("names provinces by their number, with or without its zero, and leaves an unknown one open", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ region }) => region)).toEqual(["Palencia", "Burgos", "Las Palmas", null]);
  });

  it("knows the provinces' numbers", () => {
    const some = ["01", "07", "15", "28", "35", "38", "50", "51", "52"];
    expect(PROVINCES.size).toBe(52);
    expect(some.map((code) => PROVINCES.get(code))).toEqual([
      "Araba/Álava",
      "Illes Balears",
      "A Coruña",
      "Madrid",
      "Las Palmas",
      "Santa Cruz de Tenerife",
      "Zaragoza",
      "Ceuta",
      "Melilla",
    ]);
  });

  it("says on which carriageway a camera is, and nothing where the origin does not", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ name, description }) => [name, description])).toEqual([
      ["A-999 km 57.9", "Carriageway of falling kilometres"],
      ["A-999 km 87", "Carriageway of rising kilometres"],
      ["GC-99", null],
      ["N-999 km 0", null],
    ]);
  });

  it("drops what keeps caches from answering, and turns away a picture without an address", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras[3]?.stream_url).toBe("http://cameras.example/camarasEtraffic/900004.jpg");
    expect(rejected).toEqual([{ raw_id: "900005", reason: "imagen: must be an http or https URL" }]);
  });

  it("does not read a list of another shape", async () => {
    const row = { id: "1", imagen: "https://cameras.example/1.jpg", road: "A-1" };
    for (const body of [[row], { camaras: [row] }])
      await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
  });

  const recorded = new URL("../../../../shared/camdata/spain-dgt/camaras-trimmed-2026.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras.map(({ id, name, lat, region }) => [id, name, lat, region])).toEqual([
      ["spain-dgt:2", "A-62 km 57.9", 42.0676, "Palencia"],
    ]);
    expect(rejected).toEqual([]);
  });
});
