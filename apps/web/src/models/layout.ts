import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Memory } from "./memory.ts";

export type Side = "list" | "detail";
export type Widths = Record<Side, number>;
export type Tab = "map" | "list" | "detail";

export const TABS: readonly Tab[] = ["map", "list", "detail"];
/** CSS pixels. */
export const WIDTH_LIMITS: Record<Side, { initial: number; min: number; max: number }> = {
  list: { initial: 348, min: 264, max: 620 },
  detail: { initial: 416, min: 320, max: 860 },
};
export const MIN_MAP_WIDTH = 300;
export const SEPARATOR_WIDTH = 5;
/** Below this the panels become tabs. */
export const NARROW_QUERY = "(max-width: 1099.98px)";

const KEY = "argus.layout";
const STEP = 16;
const BIG_STEP = 80;

/** What was remembered, as far as it can be used. */
export function readWidths(remembered: unknown): Widths {
  const values =
    typeof remembered === "object" && remembered !== null ? (remembered as Partial<Record<Side, unknown>>) : {};
  const read = (side: Side): number => {
    const value = values[side];
    return typeof value === "number" && Number.isFinite(value) ? clamp(side, value) : WIDTH_LIMITS[side].initial;
  };
  return { list: read("list"), detail: read("detail") };
}

/** The widths a window has room for: the panels give way, in proportion, until the map has its least width. */
export function fitWidths(widths: Widths, windowWidth: number): Widths {
  const room = windowWidth - MIN_MAP_WIDTH - 2 * SEPARATOR_WIDTH;
  const over = widths.list + widths.detail - room;
  if (over <= 0) return widths;
  const spare = { list: widths.list - WIDTH_LIMITS.list.min, detail: widths.detail - WIDTH_LIMITS.detail.min };
  const share = Math.min(1, over / Math.max(1, spare.list + spare.detail));
  return {
    list: Math.round(widths.list - spare.list * share),
    detail: Math.round(widths.detail - spare.detail * share),
  };
}

/** The width a separator's key asks for, or null when the key means nothing to it. */
export function widthAfterKey(side: Side, width: number, key: string, shift: boolean): number | null {
  const { min, max, initial } = WIDTH_LIMITS[side];
  // The list grows to the right, the detail panel to the left.
  const grows = side === "list" ? "ArrowRight" : "ArrowLeft";
  if (key === "ArrowRight" || key === "ArrowLeft")
    return clamp(side, width + (key === grows ? 1 : -1) * (shift ? BIG_STEP : STEP));
  if (key === "Home") return min;
  if (key === "End") return max;
  return key === "Enter" ? initial : null;
}

function clamp(side: Side, width: number): number {
  const { min, max } = WIDTH_LIMITS[side];
  return Math.round(Math.min(max, Math.max(min, width)));
}

/** Which panels are where, and how wide. */
export class Layout {
  readonly #memory: Memory;
  readonly #width: ReadonlySignal<number>;
  readonly #wanted: Signal<Widths>;
  readonly narrow: ReadonlySignal<boolean>;
  readonly tab: Signal<Tab> = signal("map");
  readonly widths: ReadonlySignal<Widths>;

  constructor(memory: Memory, window: { width: ReadonlySignal<number>; narrow: ReadonlySignal<boolean> }) {
    this.#memory = memory;
    this.#width = window.width;
    this.#wanted = signal(readWidths(memory.read(KEY)));
    this.narrow = window.narrow;
    this.widths = computed(() => fitWidths(this.#wanted.value, window.width.value));
  }

  /** As wide as asked, as far as the map keeps its least width; the other panel stays as it is. */
  resize(side: Side, width: number): void {
    const shown = this.widths.value;
    const room = this.#width.value - MIN_MAP_WIDTH - 2 * SEPARATOR_WIDTH - shown[side === "list" ? "detail" : "list"];
    // What is shown is the starting point, so that a window too small for what was remembered can be dragged at once.
    this.#wanted.value = { ...shown, [side]: clamp(side, Math.min(width, Math.max(room, shown[side]))) };
    this.#memory.write(KEY, this.#wanted.value);
  }

  reset(side: Side): void {
    this.resize(side, WIDTH_LIMITS[side].initial);
  }
}
