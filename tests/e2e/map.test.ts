import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { launchBrowser } from "../support/browser.ts";
import { readTile, type TilePoint } from "../support/map-tile.ts";
import { COMPACT, mapDrawn, openPage, PATIENCE_MS, pixelOf, rowsOf, shoot, viewOf, zoomOf } from "../support/page.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";

const TILE = /\/api\/tiles\/(?<z>\d+)\/(?<x>\d+)\/(?<y>\d+)\.mvt/u;
/** More than a map shows one by one in one place, so that no zoom parts them. */
const TOWER = { lon: 12.5, lat: 47, cameras: 70 };
const CITY = { lon: 16.37, lat: 48.2, cameras: 30 };
const LONE = { lon: 14.4, lat: 47.6 };
const ALL = TOWER.cameras + CITY.cameras + 1;

describe("the map", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;
  let browser: Browser;

  beforeAll(async () => {
    scratch = await makeScratch("map");
    [argus, browser] = await Promise.all([serve({ home: scratch.path }), launchBrowser()]);
    const file = rows();
    const { digest } = await argus.client.previewImport(file, { format: "csv" });
    await argus.client.importCameras(file, { format: "csv", digest });
  });

  afterAll(async () => {
    await browser?.close();
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  it("draws clusters, parts them when they are clicked, and opens a camera", async () => {
    const { page, misdeeds } = await openPage(browser, argus.url, { viewport: COMPACT });
    const tiles = watchTiles(page);
    await mapDrawn(page);
    expect(await page.locator(".count-located dd").innerText()).toBe(String(ALL));
    await shoot(page, "map-clusters");

    const city = await clusterBy(page, tiles, ({ lon }) => lon > 15);
    const before = await zoomOf(page);
    await pointAt(page, city);
    await page.mouse.click(...(await spot(page, city)));
    const parts = Number(city.properties["zoom"]);
    expect(parts).toBeGreaterThan(before);
    await expect.poll(() => zoomOf(page), { timeout: PATIENCE_MS }).toBeGreaterThanOrEqual(parts);
    expect(await rowsOf(page).count()).toBeGreaterThan(1);

    await page.getByRole("button", { name: "Show all cameras" }).click();
    await expect.poll(() => zoomOf(page), { timeout: PATIENCE_MS }).toBeLessThan(parts);
    await mapDrawn(page);
    await pointAt(page, LONE);
    await page.getByText("Lone", { exact: true }).first().waitFor();
    await page.mouse.click(...(await spot(page, LONE)));
    await page.getByRole("heading", { name: "Lone" }).waitFor();
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });

  it("lists the cameras of a place that no zoom can part", async () => {
    const { page } = await openPage(browser, argus.url, { viewport: COMPACT });
    const tiles = watchTiles(page);
    await mapDrawn(page);
    const tower = await clusterBy(page, tiles, ({ lon }) => lon < 13);
    expect(tower).toMatchObject({ count: TOWER.cameras, properties: { zoom: 18 } });
    await page.mouse.click(...(await spot(page, tower)));
    const chip = page.getByRole("button", { name: "Remove the place" });
    await chip.waitFor();
    await page.getByText(`${TOWER.cameras} of ${ALL} cameras`).waitFor();
    await chip.click();
    await page.getByText(`${ALL} cameras`, { exact: true }).waitFor();
    await page.context().close();
  });

  it("draws only what is looked for, and what is there no more not at all", async () => {
    const { page } = await openPage(browser, argus.url, { viewport: COMPACT });
    const tiles = watchTiles(page);
    await mapDrawn(page);
    expect(sum(await shown(page, tiles))).toBe(ALL);
    tiles.clear();
    await page.getByLabel("Search cameras").fill("lone");
    await page.getByText(`1 of ${ALL} cameras`).waitFor();
    await expect.poll(async () => sum(await shown(page, tiles)), { timeout: PATIENCE_MS }).toBe(1);
    await mapDrawn(page);
    await page.mouse.move(...(await spot(page, CITY)));
    expect(await cursor(page)).toBe("");
    await pointAt(page, LONE);
    await page.context().close();
  });
});

type Tiles = Map<string, TilePoint[]>;

/** The tiles the page has had, by their place. */
function watchTiles(page: Page): Tiles {
  const tiles: Tiles = new Map();
  page.on("response", async (response) => {
    const named = TILE.exec(response.url())?.groups;
    if (named === undefined || response.status() !== 200) return;
    const address = { z: Number(named["z"]), x: Number(named["x"]), y: Number(named["y"]) };
    const body = await response.body().catch(() => null);
    if (body !== null) tiles.set(`${address.z}/${address.x}/${address.y}`, readTile(body, address));
  });
  return tiles;
}

/** What the map has to draw where it is. */
async function shown(page: Page, tiles: Tiles): Promise<TilePoint[]> {
  const zoom = Math.floor(await zoomOf(page));
  const [west, south, east, north] = await viewOf(page);
  return [...tiles]
    .filter(([key]) => key.startsWith(`${zoom}/`))
    .flatMap(([, points]) => points)
    .filter(({ lon, lat }) => lon > west && lon < east && lat > south && lat < north);
}

async function clusterBy(page: Page, tiles: Tiles, accept: (point: TilePoint) => boolean): Promise<TilePoint> {
  const clusters = (await shown(page, tiles)).filter(({ layer }) => layer === "clusters");
  const [largest] = clusters.filter(accept).toSorted((a, b) => b.count - a.count);
  if (largest === undefined) throw new Error(`no such cluster among ${clusters.length}`);
  return largest;
}

function sum(points: readonly TilePoint[]): number {
  return points.reduce((total, { count }) => total + count, 0);
}

async function spot(page: Page, at: { lon: number; lat: number }): Promise<[number, number]> {
  const { x, y } = await pixelOf(page, at);
  return [x, y];
}

/** Moves the pointer there, and waits until the map says that something is drawn there. */
async function pointAt(page: Page, at: { lon: number; lat: number }): Promise<void> {
  await page.mouse.move(...(await spot(page, at)));
  await expect.poll(() => cursor(page), { timeout: PATIENCE_MS }).toBe("pointer");
}

function cursor(page: Page): Promise<string> {
  return page.locator("canvas.maplibregl-canvas").evaluate((canvas) => (canvas as HTMLElement).style.cursor);
}

function rows(): string {
  const line = (name: string, lon: number, lat: number, id: string): string =>
    `${id},${name},${lat},${lon},https://cams.example.org/${id}`;
  const city = Array.from({ length: CITY.cameras }, (_, at) =>
    line(`City ${at}`, CITY.lon + 0.01 * Math.cos(at), CITY.lat + 0.01 * Math.sin(at), `city-${at}`),
  );
  const tower = Array.from({ length: TOWER.cameras }, (_, at) =>
    line(`Tower ${at}`, TOWER.lon, TOWER.lat, `tower-${at}`),
  );
  return ["id,name,lat,lon,page_url", ...city, ...tower, line("Lone", LONE.lon, LONE.lat, "lone")].join("\n");
}
