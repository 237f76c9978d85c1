import { existsSync, readFileSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import source from "./index.ts";

const PATH = "/traffic/v1.0/cameras";
const FIXTURES = [1, 2].map((page) => ({
  path: `${PATH}?_page=${page}`,
  bodyFile: new URL(`../fixtures/cameras-page${page}.json`, import.meta.url),
}));

testSource(source, { describe, it, fixtures: FIXTURES });

describe("euskadi", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` } });
  }

  it("reads a camera whole, its place being UTM metres in fields that are called latitude and longitude", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "euskadi:2-77",
      name: "Cámara DOMO nudo Ejemplo, BI-999 km 8.5",
      description: "Ejemplo",
      country: "ES",
      region: "Basque Country",
      city: null,
      heading_deg: null,
      stream_url: "http://cameras.example/camaras/cam900.jpg",
      stream_kind: "jpeg",
      tags: ["traffic", "bi-999"],
      attribution: "Diputación Foral de Bizkaia, Open Data Euskadi",
      licence: "unknown",
    });
    expect(cameras[0]?.lon).toBe(-3);
    expect(cameras[0]?.lat).toBeCloseTo(43.2628, 3);
  });

  it("gives the government's licence to its own cameras alone", async () => {
    const { cameras } = await scrape();
    const free = cameras.filter(({ licence }) => licence === "CC-BY-4.0");
    expect(free.map(({ id }) => id)).toEqual(["euskadi:1-77", "euskadi:1-9"]);
  });

  it("reads all pages, and keeps one body's camera apart from another's of the same number", async () => {
    const { cameras, progress } = await scrape();
    const ids = ["2-77", "1-77", "5-4", "1-9", "3-10", "8-11", "7-12"];
    expect(cameras.map(({ id }) => id)).toEqual(ids.map((id) => `euskadi:${id}`));
    expect(progress.at(-1)).toMatchObject({ done: 2, total: 2 });
  });

  it("takes degrees as degrees, swapped ones too, and leaves empty, zero and faraway places open", async () => {
    const { cameras } = await scrape();
    const places = new Map(cameras.map(({ id, lat, lon }) => [id, [lat, lon]]));
    expect(places.get("euskadi:1-77")).toEqual([43.2, -2.5]);
    expect(places.get("euskadi:5-4")).toEqual([43.25, -2.95]);
    for (const id of ["1-9", "8-11", "7-12"]) expect(places.get(`euskadi:${id}`)).toEqual([null, null]);
  });

  it("makes names readable: no code, entities decoded, road and kilometre added", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ name }) => name)).toEqual([
      "Cámara DOMO nudo Ejemplo, BI-999 km 8.5",
      "Muestra & Prueba, A-8 km 91",
      "Plaza de Ejemplo",
      "N-1",
      "Túnel de Muestra (dir. Ejemplo), A-999 km 11",
      "Camera 8-11",
      "Avenida de Muestra",
    ]);
  });

  it("credits the body that a camera belongs to, and knows the cities", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ attribution, city }) => [attribution.split(",")[0], city])).toEqual([
      ["Diputación Foral de Bizkaia", null],
      ["Gobierno Vasco / Eusko Jaurlaritza", null],
      ["Ayuntamiento de Bilbao", "Bilbao"],
      ["Gobierno Vasco / Eusko Jaurlaritza", null],
      ["Diputación Foral de Álava", null],
      ["Gobierno Vasco / Eusko Jaurlaritza", null],
      ["Ayuntamiento de Donostia / San Sebastián", "Donostia / San Sebastián"],
    ]);
  });

  it("puts addresses of pictures that have moved right, and leaves the others as they are", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1, 4).map(({ stream_url }) => stream_url)).toEqual([
      "https://apps.trafikoa.euskadi.eus/static/files/tr/camaras/900.jpg",
      "https://cameras.example/c11/cameras?action=get&id=CAM30&region=1",
      "https://apps.trafikoa.euskadi.eus/static/files/tr/camaras/909.jpg",
    ]);
  });

  it("leaves out a camera without a picture, and turns away one whose address is none", async () => {
    const row = { cameraId: "1", sourceId: "1", urlImage: "https://cameras.example/1.jpg" };
    const rows = [row, ...[2, 3, 4, 5].map((id) => ({ cameraId: id, sourceId: "1" })), { ...row, urlImage: "6.jpg" }];
    const body = { totalItems: 6, totalPages: 1, currentPage: 1, cameras: rows };
    const { cameras, rejected } = await scrape([{ path: PATH, body }]);
    expect(cameras.map(({ id }) => id)).toEqual(["euskadi:1-1"]);
    expect(rejected).toEqual([{ raw_id: "1-1", reason: "urlImage: must be an http or https URL" }]);
  });

  it("is partial when pages end before all rows came", async () => {
    const [first] = FIXTURES;
    const end = { totalItems: 8, totalPages: 2, currentPage: 2, cameras: [] };
    const { partial } = await scrape([...(first ? [first] : []), { path: `${PATH}?_page=2`, body: end }]);
    expect(partial).toEqual(["the origin gave 5 of 8 rows"]);
  });

  it("fails when there is no camera at all, or rows have another shape", async () => {
    for (const cameras of [[], [{ id: "1", name: "Ejemplo" }]]) {
      const body = { totalItems: cameras.length, totalPages: cameras.length, currentPage: 1, cameras };
      await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
    }
  });

  const recorded = new URL("../../../../shared/camdata/euskadi/cameras-page1.json", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a recorded page of the origin", async () => {
    const page = z.looseObject({}).parse(JSON.parse(readFileSync(recorded, "utf8")));
    const body = { ...page, totalItems: 20, totalPages: 1 };
    const { cameras, rejected, partial } = await scrape([{ path: `${PATH}?_page=1`, body }]);
    expect(rejected).toEqual([]);
    expect(partial).toEqual([]);
    expect(cameras).toHaveLength(7);
    expect(cameras[0]?.name).toBe("Cámara DOMO nudo Kukularra, BI-637 km 8.5");
    // Worked out with PROJ (EPSG:25830 to 4326): 499980.63, 4800423.97.
    const scale = cameras.find(({ id }) => id === "euskadi:2-89");
    expect(scale?.lat).toBeCloseTo(43.356673, 5);
    expect(scale?.lon).toBeCloseTo(-3.000239, 5);
  });
});
