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

it("draws what is in sight, and a few empty rows where more is to come", () => {
  const { view } = harness(200, 7000);
  expect(view.range.value).toEqual({ start: 0, end: 16 });
  expect(view.rows.value).toBe(208);
  expect(view.atEnd.value).toBe(false);
  view.scrollTop.value = 190 * 38;
  expect([view.atEnd.value, view.atTop.value]).toEqual([true, false]);
});

it("draws no empty rows after the last camera", () => {
  expect(harness(12, 12).view.rows.value).toBe(12);
  expect(harness(199, 200).view.rows.value).toBe(200);
  expect(harness(0, 0).view.rows.value).toBe(0);
});

it("moves from the selected camera on, among the loaded rows only, and scrolls as far as needed", () => {
  const { view } = harness(200, 7000);
  expect(view.press("ArrowDown", "demo:4")).toBe(0);
  expect(view.current("demo:4")?.id).toBe("demo:5");
  expect(view.press("End", null)).toBe(200 * 38 - 380);
  expect(view.active.value).toBe(199);
  expect(view.press("F5", null)).toBeNull();
  view.toTop();
  expect(view.current(null)).toBeNull();
});

it("has higher rows for fingers", () => {
  const { view, narrow } = harness(200, 200);
  narrow.value = true;
  expect(view.rowHeight.value).toBeGreaterThanOrEqual(44);
});
