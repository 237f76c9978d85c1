import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { accessibilityFaults } from "../support/accessibility.ts";
import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { launchBrowser } from "../support/browser.ts";
import {
  countOf,
  COMPACT,
  DESKTOP,
  isFocused,
  mapDrawn,
  openPage,
  PATIENCE_MS,
  PHONE,
  rowsOf,
  shoot,
  twoDifferentFrames,
} from "../support/page.ts";
import { openOrigin, type Origin } from "../support/origin.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { writeSettings } from "../support/settings.ts";

const SMALLEST = { width: 320, height: 568 };

/** The names of the scripts that the page has asked for. */
function scriptsOf(page: Page): Promise<string> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".js"))
      .join(" "),
  );
}

describe("the page", () => {
  let scratch: Scratch;
  let silent: Origin;
  let argus: ArgusProcess;
  let browser: Browser;

  beforeAll(async () => {
    scratch = await makeScratch("page");
    // Nobody is there: what is enabled in these tests is not asked for over the internet.
    silent = await openOrigin({ "/Place/Type/JamCam": () => undefined });
    await writeSettings(scratch.path, {
      sources: { insecam: { base_url: "http://127.0.0.1:9" }, "tfl-jamcam": { base_url: silent.url } },
    });
    [argus, browser] = await Promise.all([serve({ home: scratch.path }), launchBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await argus?.[Symbol.asyncDispose]();
    await silent?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  const open = (options: BrowserContextOptions) => openPage(browser, argus.url, options);

  it("takes a newcomer from an empty registry to a moving picture", async () => {
    const { page, misdeeds } = await open({ viewport: DESKTOP });
    const dialog = page.getByRole("dialog", { name: "No cameras yet" });
    await dialog.waitFor();
    const demo = dialog.getByRole("checkbox", { name: /demo/iu });
    expect(await demo.isChecked()).toBe(true);
    for (const other of await dialog.getByRole("checkbox", { name: /^(?!.*demo)/iu }).all()) await other.uncheck();
    await shoot(page, "desktop-boot");
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole("button", { name: /scrape/iu }).click();

    await rowsOf(page).first().waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await countOf(page, "cameras")).toBe("60");

    await mapDrawn(page);
    await page.getByLabel("Search cameras").fill("tokyo");
    await rowsOf(page).filter({ hasText: "Shibuya" }).click();
    const [first, second] = await twoDifferentFrames(page.getByRole("img", { name: /Shibuya/u }));
    expect(first.equals(second)).toBe(false);
    await shoot(page, "desktop");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });

  it("works on a phone: map, list and detail in tabs, and nothing wider than the screen", async () => {
    const { page, misdeeds } = await open({ viewport: PHONE, isMobile: true, hasTouch: true });
    const tab = (name: string) =>
      page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name, exact: false });
    await tab("map").tap();
    await mapDrawn(page);
    await shoot(page, "phone-map");
    await tab("list").tap();
    await rowsOf(page).first().waitFor();
    await shoot(page, "phone-list");
    expect(await accessibilityFaults(page)).toEqual([]);
    await rowsOf(page).first().tap();
    await twoDifferentFrames(page.locator(".picture img"));
    await shoot(page, "phone-detail");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await page.setViewportSize(SMALLEST);
    expect(
      await page.getByRole("button", { name: "Export" }).evaluate((button) => button.getBoundingClientRect().right),
    )
      // The whole bar fits, its last button included.
      .toBeLessThanOrEqual(SMALLEST.width);
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.context().close();
  });

  it("can be used with the keyboard alone", async () => {
    const { page } = await open({ viewport: COMPACT });
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("/");
    await expect.poll(() => isFocused(page.getByLabel("Search cameras")), { timeout: PATIENCE_MS }).toBe(true);
    await page.keyboard.type("shibuya");
    await expect.poll(() => rowsOf(page).count(), { timeout: PATIENCE_MS }).toBe(1);
    await page.getByRole("listbox").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await page.locator(".picture img").waitFor();
    await page
      .getByRole("heading", { name: (await rowsOf(page).first().locator(".row-name").innerText()).trim() })
      .waitFor();
    const country = page.getByRole("button", { name: /^country/iu });
    await country.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox").first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Remove country Japan" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await isFocused(country)).toBe(true);
    await page.getByRole("button", { name: "Remove country Japan" }).press("Enter");
    expect(await isFocused(page.getByLabel("Search cameras"))).toBe(true);
    // What a first picture does without comes when the keyboard reaches it.
    expect(await scriptsOf(page)).not.toMatch(/source-dialogs|settings-panel|menus|wall-view|import-dialog/u);
    const sources = page.getByRole("button", { name: "Sources" });
    await sources.press("Enter");
    await expect.poll(() => isFocused(page.getByLabel("Find a source")), { timeout: PATIENCE_MS }).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await isFocused(sources)).toBe(true);
    const separator = page.getByRole("separator").first();
    const before = await separator.getAttribute("aria-valuenow");
    await separator.focus();
    await page.keyboard.press("ArrowRight");
    const after = await separator.getAttribute("aria-valuenow");
    expect(after).not.toBe(before);
    await page.reload();
    await expect
      .poll(() => page.getByRole("separator").first().getAttribute("aria-valuenow"), { timeout: PATIENCE_MS })
      .toBe(after);
    await page.context().close();
  });

  it("finds a source among many, accepts its notice, sets it up and keeps it up to date", async () => {
    const { page } = await open({ viewport: COMPACT });
    const dialog = page.getByRole("dialog", { name: "Sources" });
    const countries = dialog.getByRole("textbox", { name: /^countries/iu });
    const keep = dialog.getByRole("switch", { name: "Keep up to date" });
    await page.locator(".sources-button").click();
    await dialog.getByRole("heading", { name: /^need something first/iu }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await shoot(page, "desktop-sources");
    await dialog.getByLabel("Find a source").fill("insec");
    expect(await dialog.getByRole("listitem").count()).toBe(1);
    await dialog.getByRole("button", { name: /^set up insecam/iu }).click();
    await keep.press("Space");
    expect([await keep.isDisabled(), await keep.isChecked()]).toEqual([true, false]);
    await dialog.getByRole("button", { name: "I have read this and accept it" }).click();
    await dialog.getByText(/^accepted, 20/iu).waitFor();
    await expect.poll(() => isFocused(keep), { timeout: PATIENCE_MS }).toBe(true);
    expect(await dialog.getByRole("textbox", { name: /^base url/iu }).isEditable()).toBe(false);

    await countries.fill("Switzerland");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText(/must be codes of two letters/u).waitFor();
    expect(await isFocused(countries)).toBe(true);
    await shoot(page, "desktop-source-settings");
    expect(await accessibilityFaults(page)).toEqual([]);
    await countries.fill("CH");
    await countries.press("Enter");
    await dialog.getByText("Saved", { exact: true }).waitFor();
    await keep.click();
    await dialog.getByText(/read by itself every 7 days/u).waitFor();

    await page.keyboard.press("Escape");
    await dialog.getByLabel("Find a source").fill("united kingdom");
    const london = dialog.getByRole("listitem").filter({ hasText: "London, GB" });
    await london.getByRole("button", { name: /^settings/iu }).click();
    await dialog.getByRole("button", { name: "Scrape it now" }).click();
    await dialog.getByRole("button", { name: /^stop reading transport for london/iu }).waitFor();
    await page.keyboard.press("Escape");
    const stop = london.getByRole("button", { name: "Stop reading Transport for London JamCams" });
    await stop.press("Enter");
    await london.getByText(/stopped just now/u).waitFor();
    expect(await isFocused(london.getByRole("button", { name: /^settings/iu }))).toBe(true);

    await page.setViewportSize(PHONE);
    await page.reload();
    await page.locator(".sources-button").click();
    const row = dialog.getByRole("button", { name: /^settings of insecam/iu });
    await row.click();
    await dialog.getByText(/^accepted, 20/iu).waitFor();
    expect([await countries.inputValue(), await keep.isChecked()]).toEqual(["CH", true]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await shoot(page, "phone-source-settings");
    await page.keyboard.press("Escape");
    await expect.poll(() => isFocused(row), { timeout: PATIENCE_MS }).toBe(true);
    await shoot(page, "phone-sources");
    await page.context().close();
  });

  it("says so when the server is gone, and goes on when it is back", async () => {
    await using own = await makeScratch("page-lost");
    const first = await serve({ home: own.path, args: ["--when-empty", "demo"] });
    const page = await browser.newPage({ viewport: COMPACT });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(first.url);
    await rowsOf(page).first().waitFor();
    await page.getByRole("button", { name: "Zoom in" }).waitFor();
    await first.kill();
    await page.getByText(/connection lost/iu).waitFor();
    await shoot(page, "desktop-lost");
    await using _second = await serve({ home: own.path, args: ["--port", new URL(first.url).port] });
    await page.getByText(/connection lost/iu).waitFor({ state: "hidden" });
    await page.context().close();
  });
});
