import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";

const artifacts = fileURLToPath(new URL("../artifacts", import.meta.url));
export const DESKTOP = { width: 1440, height: 900 };
/** The smallest with all panels side by side: much faster where the browser draws without a graphics card. */
export const COMPACT = { width: 1120, height: 700 };
export const PHONE = { width: 390, height: 844 };
export const PATIENCE_MS = 45_000;

/** What a page must not do: throw, complain, break its own security policy, or talk to anybody but its server. */
export type Misdeeds = { errors: string[]; strangers: string[] };

/** The page of a server in a browser context of its own. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
): Promise<{ page: Page; misdeeds: Misdeeds }> {
  // Animations are drawn by the processor here, and what they lead to is the same without them.
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const misdeeds = watch(page, new URL(url).origin);
  await page.goto(url);
  return { page, misdeeds };
}

/** Keeps a picture of the page for people to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}

function watch(page: Page, own: string): Misdeeds {
  const misdeeds: Misdeeds = { errors: [], strangers: [] };
  page.on("pageerror", (error) => misdeeds.errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") misdeeds.errors.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(own) && !/^(?:data|blob):/u.test(request.url()))
      misdeeds.strangers.push(request.url());
  });
  return misdeeds;
}

/** The rows of the camera list. */
export function rowsOf(page: Page): Locator {
  return page.getByRole("listbox", { name: "Cameras" }).getByRole("option");
}

export function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

export function countOf(page: Page, name: string): Promise<string> {
  return page.locator(`.count-${name} dd`).innerText();
}

/** The map has drawn what it has: two pictures of it, one after the other, are the same. */
export async function mapDrawn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Zoom in" }).waitFor();
  const map = page.getByRole("region", { name: "Map", exact: true });
  let last: Buffer = Buffer.alloc(0);
  await expect
    .poll(
      async () => {
        const now = await map.screenshot();
        const same = now.equals(last);
        last = now;
        return same;
      },
      { timeout: PATIENCE_MS, interval: 500 },
    )
    .toBe(true);
}

/** Two pictures of one moving image, as the browser shows them. */
export async function twoDifferentFrames(picture: Locator): Promise<[Buffer, Buffer]> {
  await picture.waitFor();
  await expect
    .poll(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0), {
      timeout: PATIENCE_MS,
    })
    .toBe(true);
  const first = await picture.screenshot();
  let second = first;
  await expect
    .poll(
      async () => {
        second = await picture.screenshot();
        return second.equals(first);
      },
      { timeout: PATIENCE_MS },
    )
    .toBe(false);
  return [first, second];
}

/** West, south, east, north of what the map shows, as the list's own filter says. */
export async function viewOf(page: Page): Promise<[number, number, number, number]> {
  const toggle = page.getByRole("button", { name: "In map view" });
  const asked = page.waitForRequest((request) => /\/api\/cameras\?.*bbox=/u.test(request.url()));
  await toggle.click();
  const numbers = new URL((await asked).url()).searchParams.get("bbox")?.split(",").map(Number) ?? [];
  await toggle.click();
  const [west = 0, south = 0, east = 0, north = 0] = numbers;
  return [west, south, east, north];
}

/** Where the map draws a position, in pixels of the page. */
export async function pixelOf(
  page: Page,
  { lon, lat }: { lon: number; lat: number },
): Promise<{ x: number; y: number }> {
  const [west, south, east, north] = await viewOf(page);
  const box = await page.getByRole("region", { name: "Map", exact: true }).boundingBox();
  if (box === null) throw new Error("there is no map on the page");
  const mercator = (degrees: number): number => Math.atanh(Math.sin((degrees * Math.PI) / 180));
  const down = (mercator(north) - mercator(lat)) / (mercator(north) - mercator(south));
  return { x: box.x + ((lon - west) / (east - west)) * box.width, y: box.y + down * box.height };
}

/** The zoom the map says it is at. */
export async function zoomOf(page: Page): Promise<number> {
  return Number.parseFloat((await page.getByText(/^Z \d/u).innerText()).slice(2));
}
