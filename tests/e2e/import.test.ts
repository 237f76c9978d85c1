import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { accessibilityFaults } from "../support/accessibility.ts";
import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { launchBrowser } from "../support/browser.ts";
import { COMPACT, openPage, PATIENCE_MS, PHONE, rowsOf, shoot } from "../support/page.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";

const HEADER = "Title,Latitude,Longitude,Website,Country,Colour";
const row = (name: string, lat: string, country = "DE") =>
  `${name},${lat},9.9,https://cams.example.org/${name},${country},red`;
const GOOD = Array.from({ length: 9 }, (_, at) => row(`Quay-${at}`, String(53 + at / 100)));
/** Lines 11 and 12 of the file. */
const BAD = [row("Broken", "north"), row("Abroad", "53.5", "Nowhere")];

describe("importing own cameras", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;
  let browser: Browser;

  beforeAll(async () => {
    scratch = await makeScratch("import");
    [argus, browser] = await Promise.all([
      serve({ home: scratch.path, args: ["--when-empty", "demo"] }),
      launchBrowser(),
    ]);
  });

  afterAll(async () => {
    await browser?.close();
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  const own = async () => (await argus.client.cameras({ source: ["own"] })).total;

  it("names every bad row, stores nothing before one agrees, and shows what it has stored", async () => {
    const { page, misdeeds } = await openPage(browser, argus.url, { viewport: COMPACT });
    await rowsOf(page).first().waitFor();
    await openImport(page);
    const dialog = page.getByRole("dialog", { name: "Import cameras" });
    await dialog.getByRole("button", { name: "Choose a file" }).waitFor();
    await shoot(page, "import-choose");
    expect(await accessibilityFaults(page)).toEqual([]);

    await choose(page, "harbour.csv", [HEADER, ...GOOD, ...BAD].join("\n"));
    const faults = dialog.getByRole("region", { name: "Rows with faults" }).getByRole("row");
    await faults.first().waitFor();
    const cells = await faults.nth(1).getByRole("cell").allInnerTexts();
    expect(cells.slice(0, 3)).toEqual(["11", "Latitude", "north"]);
    expect(await faults.nth(2).innerText()).toContain("Nowhere");
    expect(await dialog.getByLabel("name").inputValue()).toBe("Title");
    await dialog.getByText("2 rows with faults are left out.").waitFor();
    await shoot(page, "import-report");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await own()).toBe(0);

    await dialog.getByRole("button", { name: "Import 9 cameras" }).click();
    await dialog.getByText("harbour.csv is imported.").waitFor();
    expect(await own()).toBe(9);
    await dialog.getByRole("button", { name: "Show them" }).click();
    await expect.poll(() => rowsOf(page).filter({ hasText: "Quay-" }).count(), { timeout: PATIENCE_MS }).toBe(9);
    await page.getByRole("button", { name: "Remove source Own cameras" }).waitFor();

    await rowsOf(page).filter({ hasText: "Quay-3" }).click();
    await page.getByRole("button", { name: "Remove this camera" }).click();
    expect(await own()).toBe(9);
    await page.getByRole("group", { name: "Remove Quay-3?" }).getByRole("button", { name: "Remove" }).click();
    await expect.poll(own, { timeout: PATIENCE_MS }).toBe(8);
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });

  it("takes the user's word for a column, and says why a file cannot be read at all", async () => {
    const phone = { viewport: PHONE, isMobile: true, hasTouch: true };
    const { page } = await openPage(browser, argus.url, phone);
    await openImport(page);
    const dialog = page.getByRole("dialog", { name: "Import cameras" });
    await choose(page, "broken.geojson", '{"type":"FeatureCollection","features":[{');
    await dialog.getByRole("alert").waitFor();
    await dialog.getByRole("button", { name: "Choose a file" }).waitFor();
    await choose(page, "columns.csv", "Was,lat,lon,url\nHafen,53.1,9.9,https://cams.example.org/h\n");
    await dialog.getByRole("button", { name: "Nothing to import" }).waitFor();
    await dialog.getByRole("button", { name: "Show all fields" }).tap();
    await dialog.getByLabel("name").selectOption("Was");
    await dialog.getByRole("button", { name: "Import 1 camera" }).waitFor();
    await shoot(page, "phone-import");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    const before = await own();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await own()).toBe(before);
    await page.context().close();
  });

  it("has everything of the user's to take away", async () => {
    const { page } = await openPage(browser, argus.url, { viewport: COMPACT });
    await argus.client.createCollection({ name: "Taken along" });
    await page.getByRole("button", { name: "Import, export" }).click();
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: /Everything of mine/u }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(/^argus-personal.*\.json$/u);
    expect(await download.failure()).toBeNull();
    await page.context().close();
  });
});

async function openImport(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Import, export" }).click();
  await page.getByRole("button", { name: /^Import cameras/u }).click();
}

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "", buffer: Buffer.from(text) });
}
