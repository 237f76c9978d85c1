import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";

import {
  fitWidths,
  Layout,
  MIN_MAP_WIDTH,
  readWidths,
  SEPARATOR_WIDTH,
  WIDTH_LIMITS,
  widthAfterKey,
} from "./layout.ts";
import { browserMemory } from "./memory.ts";

const initial = { list: WIDTH_LIMITS.list.initial, detail: WIDTH_LIMITS.detail.initial };

const windowOf = (width: number) => ({ width: signal(width), narrow: signal(false) });

function storageOf(text: string | null) {
  const kept = new Map<string, string>(text === null ? [] : [["argus.layout", text]]);
  return {
    kept,
    storage: () => ({
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }),
  };
}

describe("remembered widths", () => {
  it.each([undefined, null, 7, "wide", [], {}, { list: "400" }, { list: Number.NaN, detail: null }])(
    "takes %j for nothing remembered",
    (value) => {
      expect(readWidths(value)).toEqual(initial);
    },
  );

  it("keeps what is good and brings what is out of bounds within them", () => {
    expect(readWidths({ list: 400, detail: 99_999 })).toEqual({ list: 400, detail: WIDTH_LIMITS.detail.max });
  });

  it.each(["{", '"{}"', "null", "{}"])("survives storage that holds %s", (text) => {
    const layout = new Layout(browserMemory(storageOf(text).storage), windowOf(1440));
    expect(layout.widths.value).toEqual(initial);
  });

  it("survives storage that is blocked", () => {
    const blocked = browserMemory(() => {
      throw new DOMException("denied", "SecurityError");
    });
    const layout = new Layout(blocked, windowOf(1440));
    layout.resize("list", 300);
    expect(layout.widths.value.list).toBe(300);
  });

  it("are there again at the next visit", () => {
    const { storage } = storageOf(null);
    new Layout(browserMemory(storage), windowOf(1440)).resize("detail", 500);
    expect(new Layout(browserMemory(storage), windowOf(1440)).widths.value).toEqual({ ...initial, detail: 500 });
  });
});

it("stops a separator where the map has its least width, and leaves the other panel alone", () => {
  const layout = new Layout(browserMemory(storageOf('{"list":620,"detail":416}').storage), windowOf(1440));
  layout.resize("detail", 860);
  expect(layout.widths.value).toEqual({ list: 620, detail: 1440 - MIN_MAP_WIDTH - 2 * SEPARATOR_WIDTH - 620 });
  layout.resize("detail", 400);
  expect(layout.widths.value).toEqual({ list: 620, detail: 400 });
});

describe("fitWidths", () => {
  it("leaves the map its least width in every window that is not narrow", () => {
    for (let width = 1100; width < 2600; width += 37) {
      const { list, detail } = fitWidths({ list: 620, detail: 860 }, width);
      expect(width - list - detail - 2 * SEPARATOR_WIDTH).toBeGreaterThanOrEqual(MIN_MAP_WIDTH - 1);
    }
  });

  it("never goes below a panel's own least width", () => {
    expect(fitWidths(initial, 400)).toEqual({ list: WIDTH_LIMITS.list.min, detail: WIDTH_LIMITS.detail.min });
  });

  it("gives the wanted width back when the window grows again", () => {
    const window = windowOf(1100);
    const layout = new Layout(browserMemory(storageOf('{"list":600,"detail":800}').storage), window);
    expect(layout.widths.value.detail).toBeLessThan(800);
    window.width.value = 2000;
    expect(layout.widths.value).toEqual({ list: 600, detail: 800 });
  });
});

describe("widthAfterKey", () => {
  it("moves the separator the way the arrow points", () => {
    expect(widthAfterKey("list", 400, "ArrowRight", false)).toBe(416);
    expect(widthAfterKey("detail", 400, "ArrowRight", false)).toBe(384);
    expect(widthAfterKey("detail", 400, "ArrowLeft", true)).toBe(480);
  });

  it("goes to the ends and no further", () => {
    expect(widthAfterKey("list", 400, "Home", false)).toBe(WIDTH_LIMITS.list.min);
    expect(widthAfterKey("list", WIDTH_LIMITS.list.max, "ArrowRight", true)).toBe(WIDTH_LIMITS.list.max);
    expect(widthAfterKey("list", 400, "Enter", false)).toBe(WIDTH_LIMITS.list.initial);
    expect(widthAfterKey("list", 400, "a", false)).toBeNull();
  });
});
