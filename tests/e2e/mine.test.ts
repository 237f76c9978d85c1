import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { accessibilityFaults } from "../support/accessibility.ts";
import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { launchBrowser } from "../support/browser.ts";
import { COMPACT, isFocused, openPage, PATIENCE_MS, PHONE, rowsOf, shoot } from "../support/page.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";

const SHIBUYA = "demo:shibuya-crossing";
/** Four moving pictures are much for a machine that draws without a graphics card. */
const WALL_MS = 240_000;
const patience = { timeout: PATIENCE_MS };

describe("what the user keeps", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;
  let browser: Browser;

  beforeAll(async () => {
    scratch = await makeScratch("mine");
    [argus, browser] = await Promise.all([serve({ home: scratch.path }), launchBrowser()]);
    await scrapeToEnd(argus.client, ["demo"]);
  });

  afterAll(async () => {
    await browser?.close();
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  const open = (options: BrowserContextOptions = { viewport: COMPACT }, hash = "") =>
    openPage(browser, `${argus.url}/${hash}`, options);

  it("has favourites, by mouse and by key, that a rescrape and a reload leave alone", async () => {
    const { page, misdeeds } = await open();
    await rowsOf(page).first().waitFor();
    await page.getByLabel("Search cameras").fill("shibuya");
    await expect.poll(() => rowsOf(page).count(), patience).toBe(1);
    await rowsOf(page).click();
    const star = page.getByRole("button", { name: "Favourite", exact: true });
    await star.click();
    await page.getByRole("option", { name: /Shibuya.*a favourite/u }).waitFor();
    await page.getByLabel("Search cameras").fill("bondi");
    await expect.poll(() => rowsOf(page).filter({ hasText: "Bondi" }).count(), patience).toBe(1);
    await page.getByRole("listbox").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("f");
    await page.getByRole("option", { name: /Bondi.*a favourite/u }).waitFor();
    await expect.poll(async () => (await argus.client.favourites()).total, patience).toBe(2);

    await scrapeToEnd(argus.client, ["demo"]);
    await page.reload();
    await page.getByRole("button", { name: "Favourites" }).click();
    await page.getByText("2 of 60 cameras").waitFor();
    await shoot(page, "mine-favourites");
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.getByRole("listbox").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("f");
    await page.getByText("1 of 60 cameras").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await page.getByText("2 of 60 cameras").waitFor();
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });

  it("has notes that are saved on leaving, and loses none to another's", async () => {
    const { page, misdeeds } = await open({ viewport: COMPACT }, `#camera=${SHIBUYA}`);
    const note = page.getByLabel("Note", { exact: true });
    await note.fill("Busiest at six.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Saved", { exact: true }).waitFor();
    await note.fill("Busiest at six in the evening.");
    await page.getByRole("listbox").focus();
    await expect
      .poll(async () => (await argus.client.note(SHIBUYA))?.text, patience)
      .toBe("Busiest at six in the evening.");

    await argus.client.saveNote(SHIBUYA, "Written elsewhere.");
    await note.fill("Written here.");
    await page.keyboard.press("Control+Enter");
    const conflict = page.getByRole("alert").filter({ hasText: "changed elsewhere" });
    await conflict.getByText("Written elsewhere.").waitFor();
    await shoot(page, "mine-conflict");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect((await argus.client.note(SHIBUYA))?.text).toBe("Written elsewhere.");
    await conflict.getByRole("button", { name: "Keep what I wrote" }).click();
    await expect.poll(async () => (await argus.client.note(SHIBUYA))?.text, patience).toBe("Written here.");
    await page.reload();
    await expect.poll(() => note.inputValue(), patience).toBe("Written here.");
    // The refusal of the older version is one.
    expect(misdeeds.strangers).toEqual([]);
    await page.context().close();
  });

  it("has collections to put cameras into, to look through, to rename and, when confirmed, to delete", async () => {
    const { page, misdeeds } = await open({ viewport: COMPACT }, `#camera=${SHIBUYA}`);
    await page.getByRole("button", { name: "Collections" }).click();
    await page.getByRole("textbox", { name: "New collection" }).fill("Crossings");
    await page.getByRole("button", { name: "Create and add" }).click();
    await expect.poll(() => page.getByRole("checkbox", { name: "Crossings" }).isChecked(), patience).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await isFocused(page.getByRole("button", { name: /^Collections/u }))).toBe(true);

    const filter = page.getByRole("button", { name: /^Collection\b(?!s)/u });
    await filter.click();
    await page.getByRole("checkbox", { name: "Crossings" }).check();
    await page.getByText("1 of 60 cameras").waitFor();
    await page.getByRole("button", { name: "Rename Crossings" }).click();
    await page.getByRole("textbox", { name: "New name of Crossings" }).fill("Busy crossings");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove collection Busy crossings" }).waitFor();
    await shoot(page, "mine-collection");
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.getByRole("button", { name: "Delete Busy crossings" }).click();
    await page.getByRole("button", { name: "Keep" }).click();
    expect(await argus.client.collections()).toHaveLength(1);
    await page.getByRole("button", { name: "Delete Busy crossings" }).click();
    await page
      .getByRole("group", { name: /^Delete/u })
      .getByRole("button", { name: "Delete" })
      .click();
    await page.getByText("60 cameras", { exact: true }).waitFor();
    expect(await argus.client.collections()).toEqual([]);
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });

  it("fits a telephone", async () => {
    const phone = { viewport: PHONE, isMobile: true, hasTouch: true };
    const { page, misdeeds } = await open(phone, `#camera=${SHIBUYA}`);
    await page.getByRole("button", { name: "Add to wall" }).tap();
    await page.getByRole("textbox", { name: "New wall" }).waitFor();
    await shoot(page, "phone-mine");
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: "list" }).tap();
    await page.getByRole("button", { name: /^Collection\b(?!s)/u }).tap();
    await page.getByRole("textbox", { name: "New collection" }).waitFor();
    await shoot(page, "phone-collections");
    await expectToFit(page);
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });
});

describe("walls", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;
  let browser: Browser;

  beforeAll(async () => {
    scratch = await makeScratch("walls");
    [argus, browser] = await Promise.all([serve({ home: scratch.path }), launchBrowser()]);
    await scrapeToEnd(argus.client, ["demo"]);
  });

  afterAll(async () => {
    await browser?.close();
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  it(
    "show pictures side by side, are arranged by key, saved, and come back when they were deleted",
    { timeout: WALL_MS },
    async () => {
      const { page, misdeeds } = await openPage(browser, `${argus.url}/#camera=${SHIBUYA}`, { viewport: COMPACT });
      await page.getByRole("button", { name: "Add to wall" }).click();
      await page.getByRole("textbox", { name: "New wall" }).fill("Night shift");
      await page.getByRole("button", { name: "Create and add" }).click();
      await page.getByText("Added to the wall “Night shift”.").waitFor();
      const [wall] = await argus.client.walls();
      const { cameras } = await argus.client.cameras({ limit: 5, kind: ["mjpeg"] });
      const cells = [SHIBUYA, ...cameras.map(({ id }) => id)];
      await argus.client.saveWall(wall?.id ?? "", { name: "Night shift", columns: 3, cells });

      await page.getByRole("status").getByRole("button", { name: "Open" }).click();
      const grid = page.getByRole("region", { name: "Wall Night shift" });
      await grid.getByText(/^4 of 6 moving/u).waitFor();
      await expect.poll(() => pictures(page, "picture-moving"), { timeout: 2 * PATIENCE_MS }).toBe(4);
      await expect.poll(() => pictures(page, "cell-still"), { timeout: 2 * PATIENCE_MS }).toBeGreaterThanOrEqual(2);
      await shoot(page, "wall");
      expect(await accessibilityFaults(page)).toEqual([]);

      await grid.getByRole("button", { name: "Arrange", exact: true }).click();
      await grid.getByRole("button", { name: "Shibuya Crossing, row 1, column 1" }).focus();
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Shift+ArrowDown");
      const moved = grid.getByRole("button", { name: "Shibuya Crossing, row 2, column 2" });
      await expect.poll(() => isFocused(moved), patience).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect((await argus.client.wall(wall?.id ?? "")).cells).toEqual(cells);
      await page.keyboard.press("Escape");
      await page.getByRole("alertdialog").getByRole("button", { name: "Go on" }).click();
      await grid.getByRole("button", { name: "Save", exact: true }).click();
      await expect.poll(async () => (await argus.client.wall(wall?.id ?? "")).cells.indexOf(SHIBUYA), patience).toBe(4);

      expect(misdeeds).toEqual({ errors: [], strangers: [] });
      const address = page.url();
      await page.context().close();

      const { page: later } = await openPage(browser, address, { viewport: COMPACT });
      const again = later.getByRole("region", { name: "Wall Night shift" });
      await again.getByRole("button", { name: "Shibuya Crossing, row 2, column 2" }).waitFor();
      await again.getByRole("button", { name: "Delete", exact: true }).click();
      await again
        .getByRole("group", { name: /^Delete/u })
        .getByRole("button", { name: "Delete" })
        .click();
      await again.waitFor({ state: "hidden" });
      expect(await argus.client.walls()).toEqual([]);
      await later.getByRole("status").getByRole("button", { name: "Undo" }).click();
      await expect.poll(async () => (await argus.client.walls()).length, patience).toBe(1);
      await later.context().close();
    },
  );

  it("fit a telephone, and lead to a camera", async () => {
    const { cameras } = await argus.client.cameras({ limit: 4, kind: ["mjpeg"] });
    const cells = cameras.map(({ id }) => id);
    const { id } = await argus.client.createWall({ name: "Small", columns: 4, cells });
    const phone = { viewport: PHONE, isMobile: true, hasTouch: true };
    const { page, misdeeds } = await openPage(browser, `${argus.url}/#wall=${id}`, phone);
    await expect.poll(() => pictures(page, "picture-moving"), { timeout: 2 * PATIENCE_MS }).toBe(4);
    await shoot(page, "phone-wall");
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Arrange", exact: true }).tap();
    await page
      .getByRole("button", { name: "Save" })
      .or(page.getByRole("button", { name: "Done" }))
      .waitFor();
    await shoot(page, "phone-wall-arrange");
    await expectToFit(page);
    await page.getByRole("button", { name: "Cancel" }).tap();
    await page.getByRole("button", { name: `${cameras[1]?.name}, row 1, column 2` }).tap();
    await page.getByRole("heading", { name: cameras[1]?.name ?? "" }).waitFor();
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });
});

/** How many pictures of a kind have come. */
function pictures(page: Page, kind: string): Promise<number> {
  return page
    .locator(`.cell img.${kind}`)
    .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);
}

async function expectToFit(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
}
