import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const CAPTURE = new URL("../fixtures/infos-cameras.json", import.meta.url);
const ASKED = {
  path: "/swtq",
  query: { request: "getfeature", typename: "ms:infos_cameras", srsname: "EPSG:4326", outputformat: "geojson" },
};
// One camera has no page.
const FIXTURES: Fixture[] = [{ ...ASKED, bodyFile: CAPTURE, rejected: 1 }];

testSource(source, { describe, it, fixtures: FIXTURES });

describe("quebec-511", () => {
  async function scrape(fixtures: readonly Fixture[] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole, as a page that can only be linked to", async () => {
    const { cameras, partial } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "quebec-511:90001",
      name: "Route 999 at boulevard de l'Exemple (Exempleville)",
      description: "Route 999 à la hauteur du boulevard de l'Exemple (Exempleville)",
      lat: 45.5,
      lon: -72.5,
      country: "CA",
      region: "Québec",
      city: "Exempleville",
      heading_deg: null,
      stream_url: null,
      snapshot_url: null,
      stream_kind: "page",
      page_url: "https://cameras.example/Carte/Fenetres/FenetreVideo.html?id=90001",
      tags: ["traffic", "exemplie"],
      licence: "CC-BY-4.0",
    });
    expect(partial).toEqual([]);
  });

  it("reads where a camera looks from either language", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ heading_deg }) => heading_deg)).toEqual([null, 270, 180, null, null, null]);
  });

  it("takes for a town what both languages end with, and nothing with a number", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ city }) => city)).toEqual(["Exempleville", null, null, null, null, null]);
  });

  it("uses the French description where there is no English one", async () => {
    const { cameras } = await scrape();
    expect(cameras[2]?.name).toBe("Route 997 à la hauteur de la sortie (direction sud)");
  });

  it("tags cameras at a border", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ tags }) => tags.includes("border"))).toEqual([false, false, false, true, false, false]);
  });

  it("reads web mercator, should the service not heed what was asked for, and knows no place at (0, 0)", async () => {
    const { cameras } = await scrape();
    expect(cameras[4]?.lat).toBeCloseTo(45.36, 1);
    expect(cameras[4]?.lon).toBeCloseTo(-72, 1);
    expect([cameras[5]?.lat, cameras[5]?.lon]).toEqual([null, null]);
  });

  it("says so when the service sends fewer cameras than it counts", async () => {
    const whole = (await readFile(CAPTURE, "utf8")).replace('"numberMatched": 7', '"numberMatched": 680');
    const { cameras, partial } = await scrape([{ ...ASKED, body: whole }]);
    expect(cameras).toHaveLength(6);
    expect(partial).toEqual(["the origin counts 680 cameras and sent 7"]);
  });

  const recorded = new URL("../../../../shared/camdata/quebec/cameras-one-feature.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded answer of the origin", async () => {
    const { cameras, rejected } = await scrape([{ ...ASKED, bodyFile: recorded }]);
    expect(cameras).toHaveLength(1);
    expect(cameras[0]).toMatchObject({
      id: "quebec-511:4057",
      city: "Bromont",
      lat: 45.32044,
      tags: ["traffic", "estrie"],
    });
    expect(rejected).toEqual([]);
  });
});
