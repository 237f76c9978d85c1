import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Camera } from "@argus/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { gdal, haveGdal } from "../support/gdal.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import { writeSourceApp } from "../support/source-package.ts";

const CAMERAS = 2345;
const LOCATED = 2340;
// A spiral over the world, so that boxes differ; five without a place, one with a name that is hard to write.
const SCRAPE = `
  for (let i = 0; i < ${CAMERAS}; i += 1) {
    const place = i < ${LOCATED}
      ? { lat: Math.round(80e6 * Math.sin(i)) / 1e6, lon: Math.round(179e6 * Math.cos(i * 1.618)) / 1e6 }
      : { lat: undefined, lon: undefined };
    await ctx.emit(camera("c" + i, { ...place, country: i % 3 === 0 ? "FR" : "GB", tags: ["t" + (i % 4), "world"] }));
  }
  await ctx.emit(camera("nasty", { name: 'São "Paulo" <b>&amp;</b> ]]> =1+1; 東京 \\u{1F4F7}', lat: 1.5, lon: 2.25, refresh_s: 0.5 }));
`;
const TOTAL = CAMERAS + 1;
const EUROPE = [-10, 35, 30, 60] as const;

if (!haveGdal) console.warn("SKIPPED: OGC API and exports by GDAL, for ogrinfo (Debian's gdal-bin) is not installed");

describe.skipIf(!haveGdal)("the registry by GDAL (skipped without ogrinfo)", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;
  let layer: string;

  beforeAll(async () => {
    scratch = await makeScratch("ogc");
    const app = await writeSourceApp(scratch.path, [{ id: "spiral", scrape: SCRAPE }]);
    argus = await serve({
      home: scratch.path,
      script: fileURLToPath(new URL("../support/serve-sources.ts", import.meta.url)),
      env: { TEST_SOURCES_FROM: app },
    });
    layer = `OAPIF:${argus.url}/ogc`;
    const { sources } = await scrapeToEnd(argus.client, ["spiral"]);
    if (sources[0]?.new !== TOTAL) throw new Error(`not all were stored: ${JSON.stringify(sources)}`);
  });

  afterAll(async () => {
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  /** Attributes of a layer's features, read by ogr2ogr. */
  async function read(source: string, ...options: string[]): Promise<Record<string, unknown>[]> {
    const how = ["-f", "GeoJSONSeq", "-mapFieldType", "DateTime=String", "-a_srs", "EPSG:4326"];
    const text = await gdal("ogr2ogr", [...how, "/vsistdout/", source, ...options]);
    return text.split("\n").flatMap((line) => {
      if (line === "") return [];
      // GDAL writes the field `id` of some drivers as the feature's own id.
      const { id, properties } = JSON.parse(line) as { id?: string; properties: Record<string, unknown> };
      return [{ id, ...properties }];
    });
  }

  const countOf = (text: string): number => Number(/Feature Count: (\d+)/u.exec(text)?.[1]);

  it("is a layer of points, with its count, its extent and every field of a camera", async () => {
    const text = await gdal("ogrinfo", ["-ro", "-so", layer, "cameras"]);
    expect(text).toContain("Geometry: Point");
    expect(text).toContain('GEOGCRS["WGS 84"');
    expect(countOf(text)).toBe(TOTAL);
    const { bbox } = await argus.client.extent();
    const [, ...edges] = /Extent: \((\S+), (\S+)\) - \((\S+), (\S+)\)/u.exec(text) ?? [];
    expect(edges.map(Number)).toEqual(bbox?.map((degrees) => Number(degrees.toFixed(6))));
    const fields = [...text.matchAll(/^(\w+): \w+(?:\(\w+\))? \(/gmu)].map(([, name]) => name);
    expect(fields).toEqual(expect.arrayContaining(Object.keys(Camera.shape)));
  });

  it("is read to its end, over several pages, each camera once", async () => {
    const ids = (await read(layer, "cameras")).map(({ id }) => id);
    expect(ids).toHaveLength(TOTAL);
    expect(new Set(ids).size).toBe(TOTAL);
  });

  it("is narrowed by a box and by an attribute, to what Argus itself finds", async () => {
    const boxed = await gdal("ogrinfo", ["-ro", "-so", "-spat", ...EUROPE.map(String), layer, "cameras"]);
    const { total } = await argus.client.cameras({ bbox: [...EUROPE], limit: 1 });
    expect(total).toBeGreaterThan(20);
    expect(countOf(boxed)).toBe(total);
    const french = await read(layer, "cameras", "-where", "country = 'FR'", "-spat", ...EUROPE.map(String));
    const own = await argus.client.cameras({ bbox: [...EUROPE], country: ["FR"], limit: 1000 });
    expect(french.map(({ id }) => String(id)).toSorted()).toEqual(own.cameras.map(({ id }) => id).toSorted());
  });

  it("has a camera's values as Argus has them", async () => {
    const [found] = await read(layer, "cameras", "-where", "id = 'spiral:nasty'");
    const camera = await argus.client.camera("spiral:nasty");
    const { name, lat, lon, country, stream_url, attribution, tags } = camera;
    expect(found).toMatchObject({ id: "spiral:nasty", name, lat, lon, country, stream_url, attribution, tags });
  });

  it("is found by its landing page whether a person ends it with a slash or not", async () => {
    expect(await gdal("ogrinfo", ["-ro", `${layer}/`])).toContain("1: cameras (title: Cameras) (Point)");
  });

  it.each([
    ["geojson", []],
    ["kml", []],
    ["csv", ["-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat"]],
  ])("is the same as an exported %s file", async (format, options) => {
    const file = join(scratch.path, `cameras.${format}`);
    const response = await fetch(`${argus.url}/api/cameras.${format}`);
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const rows = await read(file, ...options);
    expect(rows).toHaveLength(TOTAL);
    const { name, stream_url } = await argus.client.camera("spiral:nasty");
    expect(rows.find(({ id }) => id === "spiral:nasty")).toMatchObject({ stream_url });
    expect(rows.map((row) => row["name"] ?? row["Name"])).toContain(name);
    const boxed = await read(file, ...options, "-spat", ...EUROPE.map(String));
    expect(boxed).toHaveLength((await argus.client.cameras({ bbox: [...EUROPE], limit: 1 })).total);
  });
});
