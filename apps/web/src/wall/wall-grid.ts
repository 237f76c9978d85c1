import type { WallInput } from "@argus/core";

import { MAX_CELLS } from "../models/walls.ts";

export type Cells = WallInput["cells"];
export type Direction = "left" | "right" | "up" | "down";

const STEPS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export function directionOf(key: string): Direction | null {
  return STEPS[key] ?? null;
}

/** The place beside `at` in a grid of `columns`; null at the edge. Downwards there is always room, up to a wall's size. */
export function neighbour(at: number, direction: Direction, columns: number): number | null {
  const column = at % columns;
  switch (direction) {
    case "left":
      return column === 0 ? null : at - 1;
    case "right":
      return column === columns - 1 || at + 1 >= MAX_CELLS ? null : at + 1;
    case "up":
      return at < columns ? null : at - columns;
    case "down":
      return at + columns >= MAX_CELLS ? null : at + columns;
  }
}

/** The cells after two of them have changed places; the second may lie beyond the end. */
export function swapped(cells: Cells, from: number, to: number): Cells {
  const size = Math.max(cells.length, from + 1, to + 1);
  const next = Array.from({ length: size }, (_, at) => cells[at] ?? null);
  [next[from], next[to]] = [next[to] ?? null, next[from] ?? null];
  return trimmed(next);
}

/** Without the empty places at the end, which nobody has put there. */
export function trimmed(cells: Cells): Cells {
  const last = cells.findLastIndex((cell) => cell !== null);
  return cells.slice(0, last + 1);
}

/** How many places are drawn: whole rows, and while arranging one more to move down to. */
export function placesOf(cells: Cells, columns: number, arranging: boolean): number {
  const rows = Math.ceil(cells.length / columns) + (arranging ? 1 : 0);
  return Math.min(Math.ceil(MAX_CELLS / columns) * columns, Math.max(1, rows) * columns);
}
