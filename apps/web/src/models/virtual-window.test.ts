import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { rowAfterKey, scrollToRow, visibleRows } from "./virtual-window.ts";

const windows = fc.record({
  scrollTop: fc.integer({ min: -200, max: 2_000_000 }),
  height: fc.integer({ min: 0, max: 3000 }),
  rowHeight: fc.integer({ min: 20, max: 60 }),
  count: fc.integer({ min: 0, max: 50_000 }),
});

describe("visibleRows", () => {
  it("draws every row that is in sight, and few besides", () => {
    fc.assert(
      fc.property(windows, (window) => {
        const { start, end } = visibleRows(window);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(window.count);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end - start).toBeLessThanOrEqual(window.height / window.rowHeight + 14);
        const top = Math.max(0, window.scrollTop);
        for (const y of [top, top + window.height / 2, top + window.height - 1]) {
          const row = Math.floor(y / window.rowHeight);
          if (window.height > 0 && row < window.count) expect(row >= start && row < end).toBe(true);
        }
      }),
    );
  });
});

describe("scrollToRow", () => {
  it("brings the whole row into sight, and does not move when it is there already", () => {
    fc.assert(
      fc.property(windows, fc.nat(50_000), (window, row) => {
        fc.pre(window.height >= window.rowHeight && window.scrollTop >= 0);
        const scrollTop = scrollToRow(row, window);
        expect(scrollTop).toBeLessThanOrEqual(row * window.rowHeight);
        expect(scrollTop + window.height).toBeGreaterThanOrEqual((row + 1) * window.rowHeight);
        expect(scrollToRow(row, { ...window, scrollTop })).toBe(scrollTop);
      }),
    );
  });
});

describe("rowAfterKey", () => {
  const list = { height: 360, rowHeight: 36, count: 50 };
  it.each([
    ["ArrowDown", null, 0],
    ["ArrowUp", null, 0],
    ["ArrowDown", 0, 1],
    ["ArrowUp", 0, 0],
    ["ArrowDown", 49, 49],
    ["PageDown", 3, 12],
    ["PageUp", 3, 0],
    ["Home", 20, 0],
    ["End", 20, 49],
    ["x", 20, null],
  ])("%s from %j goes to %j", (key, from, to) => expect(rowAfterKey(key, from, list)).toBe(to));

  it("goes nowhere in an empty list", () => expect(rowAfterKey("End", null, { ...list, count: 0 })).toBeNull());
});
