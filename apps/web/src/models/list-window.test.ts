import type { Camera } from "@argus/core";
import { signal } from "@preact/signals";
import { expect, it } from "vitest";

import { ListWindow } from "./list-window.ts";

function harness(loaded: number, total: number) {
  const cameras = signal<readonly Camera[]>(
    Array.from({ length: loaded }, (_, at) => ({ id: `demo:${at}` }) as Camera),
  );
  const narrow = signal(false);
  const view = new ListWindow(
    { cameras, total: signal<number | null>(total), complete: signal(loaded === total) },
    narrow,
  );
  view.height.value = 380;
  return { view, narrow };
}

it("draws what is in sight, and lets one scroll to what is still to come", () => {
  const { view } = harness(200, 7000);
  expect(view.range.value).toEqual({ start: 0, end: 16 });
  expect(view.rows.value).toBe(7000);
  expect(view.missing.value).toBe(0);
  view.scrollTop.value = 190 * 38;
  expect(view.atTop.value).toBe(false);
  expect(view.missing.value).toBe(7);
  view.scrollTop.value = 6990 * 38;
  expect(view.missing.value).toBe(6801);
});

it("bounds what one jump can ask for", () => {
  expect(harness(200, 1_000_000).view.rows.value).toBe(10_200);
});

it("draws no empty rows after the last camera", () => {
  expect(harness(12, 12).view.rows.value).toBe(12);
  expect(harness(199, 200).view.rows.value).toBe(200);
  expect(harness(0, 0).view.rows.value).toBe(0);
});

it("moves from the selected camera on, to the last of all, and scrolls as far as needed", () => {
  const { view } = harness(200, 7000);
  expect(view.press("ArrowDown", "demo:4")).toBe(0);
  expect(view.current("demo:4")?.id).toBe("demo:5");
  expect(view.press("End", null)).toBe(7000 * 38 - 380);
  expect(view.active.value).toBe(6999);
  expect(view.current(null)).toBeNull();
  expect(view.press("F5", null)).toBeNull();
  view.toTop();
  expect(view.current(null)).toBeNull();
});

it("has higher rows for fingers", () => {
  const { view, narrow } = harness(200, 200);
  narrow.value = true;
  expect(view.rowHeight.value).toBeGreaterThanOrEqual(44);
});
