import { type Camera, type CameraQuery, DEFAULT_PAGE_SIZE } from "@argus/core";

import type { CameraEntry } from "./camera-entry.ts";
import { type CameraIndex, lowerBound } from "./camera-index.ts";
import { copyCamera } from "./camera-record.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { compileFilter } from "./filter.ts";
import { FirstOf } from "./first-of.ts";
import { type SortKey, type SortOrder, sortOrderOf } from "./sort-order.ts";

/** One page of a query, how many cameras the whole has, and where the next page begins (null: this is the last). */
export type CameraPage = { cameras: Camera[]; total: number; next_cursor: string | null };

/** A camera's place in an order. `at` is its place by id, which compares faster than the id itself. */
type Ranked = { key: SortKey; at: number };
type RankedEntry = Ranked & { entry: CameraEntry };

/** Answers a query from the index: one pass over it, and memory for two pages. */
export function pageOf(index: CameraIndex, query: CameraQuery): CameraPage {
  const limit = query.limit ?? DEFAULT_PAGE_SIZE;
  const order = sortOrderOf(query);
  const compare = comparing(order);
  const sorted = index.inOrder();
  const end = query.cursor === undefined ? null : endOfLastPage(query.cursor, order, sorted);
  const matches = compileFilter(query);
  // One more than asked for tells whether there is a next page.
  const first = new FirstOf<Ranked, RankedEntry>(limit + 1, compare);
  const rank: Ranked = { key: 0, at: 0 };
  let total = 0;
  sorted.forEach((entry, at) => {
    if (!matches(entry)) return;
    total += 1;
    rank.key = order.keyOf(entry);
    rank.at = at;
    if ((end === null || compare(rank, end) > 0) && first.takes(rank)) first.add({ ...rank, entry });
  });
  return toPage(first.values(), limit, total, order);
}

function toPage(found: readonly RankedEntry[], limit: number, total: number, order: SortOrder): CameraPage {
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    cameras: shown.map(({ entry }) => copyCamera(entry.camera)),
    total,
    next_cursor: last === undefined ? null : writeCursor(order, { key: last.key, id: last.entry.id }),
  };
}

function comparing({ reversed }: SortOrder): (a: Ranked, b: Ranked) => number {
  const sign = reversed ? -1 : 1;
  return (a, b) => {
    if (a.key === b.key) return sign * (a.at - b.at);
    return a.key < b.key ? -sign : sign;
  };
}

function endOfLastPage(cursor: string, order: SortOrder, sorted: readonly CameraEntry[]): Ranked {
  const { key, id } = readCursor(cursor, order);
  const at = lowerBound(sorted, id);
  // An id that is not there stands between two that are.
  return { key, at: sorted[at]?.id === id ? at : at - 0.5 };
}
