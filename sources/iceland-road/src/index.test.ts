import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/api/vefmyndavelar2014_1";
// One picture's address is a file name alone.
const FIXTURES = [{ path: PATH, bodyFile: new URL("../fixtures/vefmyndavelar.json", import.meta.url), rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("iceland-road", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a view whole, its picture's file being its id", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "iceland-road:daemisheidi_1",
      name: "Dæmisheiði séð til vesturs",
      description: "Dæmisvegur (99)",
      lat: 64.25,
      lon: -21.5,
      country: "IS",
      heading_deg: 270,
      stream_url: "https://cameras.example/vgdata/vefmyndavelar/daemisheidi_1.jpg",
      stream_kind: "jpeg",
      refresh_s: 600,
      attribution: "Based on information provided by the Icelandic Road and Coastal Administration (IRCA)",
    });
  });

  it("makes a camera of each view of a site", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ id }) => id)).toEqual(
      ["daemisheidi_1", "daemisheidi_2", "daemisheidi_3", "synisdalur_1", "prufuskard_1"].map(
        (file) => `iceland-road:${file}`,
      ),
    );
  });

  it("takes a direction for the heading, but neither the road below nor a place", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ name, heading_deg }) => [name, heading_deg])).toEqual([
      ["Dæmisheiði séð til vesturs", 270],
      ["Dæmisheiði séð niður á veg", null],
      ["Dæmisheiði séð til norðausturs", 45],
      ["Sýnisdalur: Séð til Dæmisvíkur", null],
      ["Prufuskarð", null],
    ]);
  });

  it("reads numbers that are text, a road without a name, and leaves the position (0, 0) open", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(3).map(({ description, lat, lon }) => [description, lat, lon])).toEqual([
      ["98", 65.5, -18.25],
      ["Prufuvegur (97)", null, null],
    ]);
  });

  it("leaves out a view without a picture, and turns away one whose address is none", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras.map(({ name }) => name)).not.toContain("Prufuskarð séð til suðurs");
    expect(rejected).toEqual([{ raw_id: "villubaer_1.jpg", reason: "Slod: must be an http or https URL" }]);
  });

  it("does not read another list that happens to be JSON", async () => {
    await expect(scrape([{ path: PATH, body: [{ Nr: 1, Nafn: "Dæmi" }] }])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
    });
  });

  const recorded = new URL("../../../../shared/camdata/iceland/vegagerdin-myndavelar-trimmed.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras.map(({ id, heading_deg }) => [id, heading_deg])).toEqual([
      ["iceland-road:hellisheidi_1", 270],
      ["iceland-road:hellisheidi_2", null],
      ["iceland-road:hellisheidi_3", 90],
    ]);
    expect(cameras.every(({ lat, lon }) => lat === 64.018296 && lon === -21.342636)).toBe(true);
    expect(rejected).toEqual([]);
  });
});
