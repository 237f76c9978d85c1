import { fileURLToPath } from "node:url";

import type { CameraFilter } from "@argus/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { childrenOf, readTile, type TileAddress, type TilePoint } from "../support/map-tile.ts";
import { openOrigin, type Origin } from "../support/origin.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import { writeSettings } from "../support/settings.ts";
import { writeSourceApp } from "../support/source-package.ts";

const WORLD: TileAddress = { z: 0, x: 0, y: 0 };
/** Down to where a camera stands alone, along the tiles that hold any. */
const DEEPEST = 14;

type Row = { id: string; name: string; lat?: number; lon?: number; country: string };

/** A city of cameras close together, and others over the whole world, on the antimeridian and without a place too. */
function makeRows(): Row[] {
  const city = Array.from({ length: 200 }, (_, at) => ({
    id: `city${at}`,
    name: `City ${at}`,
    lat: 48.85 + 0.02 * Math.sin(at * 1.3),
    lon: 2.35 + 0.03 * Math.cos(at * 2.1),
    country: "FR",
  }));
  const world = Array.from({ length: 300 }, (_, at) => ({
    id: `world${at}`,
    name: `World ${at}`,
    lat: 84 * Math.sin(at),
    lon: 180 * Math.cos(at * 1.618),
    country: "GB",
  }));
  return [
    ...city,
    ...world,
    { id: "west", name: "West", lat: -17, lon: -179, country: "FJ" },
    { id: "east", name: "East", lat: -17, lon: 179, country: "FJ" },
    { id: "nowhere", name: "Nowhere", country: "FJ" },
  ];
}

describe("map tiles of a running server", () => {
  const rows = makeRows();
  let scratch: Scratch;
  let origin: Origin;
  let argus: ArgusProcess;

  beforeAll(async () => {
    scratch = await makeScratch("tiles");
    origin = await openOrigin({ "/cameras": (_request, response) => void response.end(JSON.stringify(rows)) });
    const scrape = `for (const row of await ctx.http.json(ctx.options.base_url + "/cameras", z.array(z.any()))) {
      await ctx.emit({ stream_kind: "jpeg", stream_url: "https://example.org/" + row.id + ".jpg", ...row });
    }`;
    const app = await writeSourceApp(scratch.path, [{ id: "rows", scrape }]);
    await writeSettings(scratch.path, { sources: { rows: { base_url: origin.url } } });
    argus = await serve({
      home: scratch.path,
      script: fileURLToPath(new URL("../support/serve-sources.ts", import.meta.url)),
      env: { TEST_SOURCES_FROM: app },
    });
    const { sources } = await scrapeToEnd(argus.client, ["rows"]);
    if (sources[0]?.new !== rows.length) throw new Error(`not all were stored: ${JSON.stringify(sources)}`);
  });

  afterAll(async () => {
    await argus?.[Symbol.asyncDispose]();
    await origin?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  function urlOf({ z, x, y }: TileAddress, filter: CameraFilter = {}): string {
    const template = argus.client.tileUrlTemplate(filter);
    return template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
  }

  async function tile(address: TileAddress, filter?: CameraFilter): Promise<TilePoint[]> {
    const response = await fetch(urlOf(address, filter));
    expect({ status: response.status, type: response.headers.get("content-type") }).toEqual({
      status: 200,
      type: "application/vnd.mapbox-vector-tile",
    });
    return readTile(new Uint8Array(await response.arrayBuffer()), address);
  }

  const sum = (points: readonly TilePoint[]): number => points.reduce((total, { count }) => total + count, 0);

  it("hold every located camera on every zoom, down to where each stands alone", { timeout: 120_000 }, async () => {
    const { located } = await argus.client.extent();
    expect(located).toBe(rows.length - 1);
    let tiles = [{ address: WORLD, points: await tile(WORLD) }];
    for (let zoom = 1; zoom <= DEEPEST; zoom += 1) {
      const next: typeof tiles = [];
      for (const { address, points } of tiles) {
        const children = await Promise.all(
          childrenOf(address).map(async (child) => ({ address: child, points: await tile(child) })),
        );
        // Empty squares need no look at what is in them: together the four hold what the one above holds.
        expect({ address, count: sum(children.flatMap((child) => child.points)) }).toEqual({
          address,
          count: sum(points),
        });
        // Past a few cameras each, one path is like another.
        next.push(...children.filter((child) => sum(child.points) > (zoom <= 4 ? 0 : 5)));
      }
      if (zoom <= 4)
        expect({ zoom, count: sum(next.flatMap(({ points }) => points)) }).toEqual({ zoom, count: located });
      tiles = next;
    }
  });

  it("show a camera close up where it is, and who it is", async () => {
    const camera = await argus.client.camera("rows:city7");
    const address = { z: 16, ...squareOf(camera.lon ?? 0, camera.lat ?? 0, 16) };
    const found = (await tile(address)).find(({ properties }) => properties["id"] === camera.id);
    expect(found).toMatchObject({ layer: "cameras", properties: { id: camera.id } });
    expect(found?.lon).toBeCloseTo(camera.lon ?? 0, 5);
    expect(found?.lat).toBeCloseTo(camera.lat ?? 0, 5);
  });

  it.each([
    [{ country: ["FR"] }],
    [{ q: "world" }],
    [{ bbox: [-10, 35, 30, 60] }],
    [{ bbox: [170, -30, -170, 0] }],
    [{ near: { lon: 2.35, lat: 48.85, km: 1 } }],
    [{ country: ["JP"] }],
  ] satisfies [CameraFilter][])(
    "hold what the filter %o selects, like a page and the extent",
    async (filter: CameraFilter) => {
      const inWorld = { ...filter, bbox: filter.bbox ?? ([-180, -90, 180, 90] as [number, number, number, number]) };
      const { total } = await argus.client.cameras({ ...inWorld, limit: 1 });
      expect(sum(await tile(WORLD, filter))).toBe(total);
      expect((await argus.client.extent(filter)).located).toBe(total);
    },
  );

  it("are compressed where that is worth it", async () => {
    const { headers } = await fetch(urlOf({ z: 3, ...squareOf(2.35, 48.85, 3) }), {
      headers: { "accept-encoding": "gzip" },
    });
    expect(headers.get("vary")).toContain("Accept-Encoding");
  });

  it("have a box around them that crosses the antimeridian where that is smaller", async () => {
    expect(await argus.client.extent({ country: ["FJ"] })).toEqual({ bbox: [179, -17, -179, -17], located: 2 });
  });

  it("are confirmed after a scrape that changed nothing, and new after one that changed a camera", async () => {
    const paths = [urlOf(WORLD), `${argus.url}/api/cameras.geojson?fields=id,name`];
    const tags = await Promise.all(paths.map(async (path) => String((await fetch(path)).headers.get("etag"))));
    const askAgain = () =>
      Promise.all(
        paths.map(async (path, at) => (await fetch(path, { headers: { "if-none-match": String(tags[at]) } })).status),
      );
    expect(await askAgain()).toEqual([304, 304]);
    expect((await scrapeToEnd(argus.client, ["rows"])).sources).toMatchObject([{ new: 0, changed: 0 }]);
    expect(await askAgain()).toEqual([304, 304]);
    const before = await argus.client.changes(await lastPlace());
    expect(before.cameras).toEqual([]);

    rows[0] = { ...rows[0]!, name: "Renamed", lat: 10, lon: 20 };
    expect((await scrapeToEnd(argus.client, ["rows"])).sources).toMatchObject([{ new: 0, changed: 1 }]);
    expect(await askAgain()).toEqual([200, 200]);
    const moved = await tile({ z: 16, ...squareOf(20, 10, 16) });
    expect(moved).toMatchObject([{ layer: "cameras", properties: { id: "rows:city0" } }]);
    const changes = await argus.client.changes(before.next);
    expect(changes).toMatchObject({ cameras: [{ id: "rows:city0", name: "Renamed" }], more: false });
  });

  /** The end of the registry's history, reached page by page. */
  async function lastPlace(): Promise<string> {
    const ids: string[] = [];
    let changes = await argus.client.changes(undefined, { limit: 100 });
    for (; changes.more; changes = await argus.client.changes(changes.next, { limit: 100 })) {
      ids.push(...changes.cameras.map(({ id }) => id));
    }
    ids.push(...changes.cameras.map(({ id }) => id));
    expect(new Set(ids).size).toBe(rows.length);
    expect(ids).toHaveLength(rows.length);
    return changes.next;
  }

  it("are refused by name where there is no such square", async () => {
    const response = await fetch(`${argus.url}/api/tiles/2/4/0.mvt`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "ARGUS_TILE_INVALID" } });
  });
});

/** The square of a zoom that holds a place (web mercator, EPSG:3857). */
function squareOf(lon: number, lat: number, zoom: number): { x: number; y: number } {
  const across = 2 ** zoom;
  const north = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return { x: Math.floor(((lon + 180) / 360) * across), y: Math.floor(((1 - north) / 2) * across) };
}
