import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { accessibilityFaults } from "../support/accessibility.ts";
import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { launchBrowser } from "../support/browser.ts";
import {
  countOf,
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
import { makeScratch, type Scratch } from "../support/scratch.ts";

const SMALLEST = { width: 320, height: 568 };

describe("the page", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;
  let browser: Browser;

  beforeAll(async () => {
    scratch = await makeScratch("page");
    [argus, browser] = await Promise.all([serve({ home: scratch.path }), launchBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await argus?.[Symbol.asyncDispose]();
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
    const { page } = await open({ viewport: DESKTOP });
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
    const rescrape = page.getByRole("button", { name: "Rescrape" });
    await rescrape.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await isFocused(rescrape)).toBe(true);
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

  it("says so when the server is gone, and goes on when it is back", async () => {
    await using own = await makeScratch("page-lost");
    const first = await serve({ home: own.path, args: ["--when-empty", "demo"] });
    const page = await browser.newPage({ viewport: DESKTOP });
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
