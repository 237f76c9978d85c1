import { type CameraQuery, DEFAULT_PAGE_SIZE, distanceKm, type Near } from "@argus/core";

import { type PageEnd, readCursor, writeCursor } from "../cursor.ts";
import { cursorInvalid } from "../errors.ts";
import { nameKey } from "../name-key.ts";
import { type SortKey, sortOrderOf } from "../sort-order.ts";
import type { TimeSlice } from "../time-slice.ts";
import type { CameraColumns } from "./camera-columns.ts";
import type { Column } from "./column.ts";
import { firstByKey, type KeyOf } from "./first-by-key.ts";
import { KM_PER_DEGREE_AT_LEAST } from "./narrowing.ts";
import type { Selection } from "./selection.ts";
import type { SlotOrder } from "./slot-order.ts";
import { wordsOf } from "./text-words.ts";
import { walk } from "./walk.ts";

/** Slots of one page, how many the whole selection has, and where the next page begins (null: this is the last). */
export type SlotPage = { slots: number[]; total: number; next_cursor: string | null };

/** What pages are made of. */
export type Ordered = { readonly columns: CameraColumns; readonly byId: SlotOrder; readonly byName: SlotOrder };

type Asked = { selection: Selection; reversed: boolean; end: PageEnd | null; limit: number; slice: TimeSlice };
/** The first slots asked for, and the keys a cursor holds for them. */
type Found = { slots: number[]; keyOf: (slot: number) => SortKey };

/**
 * One page of a query. `selection` is what the query's filter selects.
 * @throws ArgusError ARGUS_STORE_CURSOR_INVALID when the cursor is broken or was made under another order.
 */
export async function slotPageOf(
  ordered: Ordered,
  selection: Selection,
  query: CameraQuery,
  slice: TimeSlice,
): Promise<SlotPage> {
  const limit = query.limit ?? DEFAULT_PAGE_SIZE;
  const order = sortOrderOf(query);
  const end = query.cursor === undefined ? null : readCursor(query.cursor, order);
  // One more than asked for tells whether there is a next page.
  const asked = { selection, reversed: order.reversed, end, limit: limit + 1, slice };
  const { slots, keyOf } = await find(ordered, asked, query);
  const shown = slots.slice(0, limit);
  const last = slots.length > limit ? shown.at(-1) : undefined;
  const next = last === undefined ? null : { key: keyOf(last), id: ordered.columns.ids.at(last) };
  return { slots: shown, total: selection.count, next_cursor: next && writeCursor(order, next) };
}

async function find(ordered: Ordered, asked: Asked, { sort, near, cursor = "" }: CameraQuery): Promise<Found> {
  await ordered.byId.settle(asked.slice);
  switch (sort ?? (near === undefined ? "id" : "distance")) {
    case "id":
    case "-id":
      return findById(ordered, asked);
    case "name":
    case "-name":
      await ordered.byName.settle(asked.slice);
      return findByName(ordered, asked);
    case "first_seen_at":
    case "-first_seen_at":
      return findByTime(ordered, asked, ordered.columns.firstSeen, cursor);
    case "last_seen_at":
    case "-last_seen_at":
      return findByTime(ordered, asked, ordered.columns.lastSeen, cursor);
    case "distance":
      // The schema refuses `distance` without `near`; without a centre all are equally far.
      return near === undefined ? findById(ordered, asked) : findByDistance(ordered, asked, near);
  }
}

function findById({ columns, byId }: Ordered, { end, ...asked }: Asked): Found {
  const id = end && wordsOf(end.id);
  const compareWithEnd = id && ((slot: number): number => columns.ids.compareKeyWith(slot, id));
  return { slots: walk(byId, { ...asked, compareWithEnd }), keyOf: () => 0 };
}

function findByName({ columns: { names, ids }, byName }: Ordered, { end, ...asked }: Asked): Found {
  const words = end && { key: wordsOf(String(end.key)), id: wordsOf(end.id) };
  const compareWithEnd =
    words && ((slot: number): number => names.compareKeyWith(slot, words.key) || ids.compareKeyWith(slot, words.id));
  return { slots: walk(byName, { ...asked, compareWithEnd }), keyOf: (slot) => nameKey(names.at(slot)) };
}

async function findByTime(ordered: Ordered, asked: Asked, times: Column<Float64Array>, cursor: string): Promise<Found> {
  const after = asked.end === null ? Number.NaN : Date.parse(String(asked.end.key));
  if (asked.end !== null && Number.isNaN(after)) throw cursorInvalid(cursor, "is broken");
  const { slots, keys } = await findByKey(ordered, asked, { keyOf: (slot) => times.at(slot), after });
  return { slots, keyOf: (slot) => new Date(keys.get(slot) ?? 0).toISOString() };
}

async function findByDistance(ordered: Ordered, asked: Asked, near: Near): Promise<Found> {
  const { lats, lons } = ordered.columns;
  const position = { lat: 0, lon: 0 };
  const keyOf: KeyOf = (slot, maxKm) => {
    position.lat = lats.at(slot);
    if (Math.abs(position.lat - near.lat) > maxKm / KM_PER_DEGREE_AT_LEAST) return Number.POSITIVE_INFINITY;
    position.lon = lons.at(slot);
    return distanceKm(near, position);
  };
  const { slots, keys } = await findByKey(ordered, asked, { keyOf, after: Number(asked.end?.key) });
  return { slots, keyOf: (slot) => keys.get(slot) ?? 0 };
}

type Keyed = { keyOf: KeyOf; /** The key where the last page ended. */ after: number };

async function findByKey(
  ordered: Ordered,
  { end, slice, ...asked }: Asked,
  { keyOf, after }: Keyed,
): Promise<{ slots: number[]; keys: Map<number, number> }> {
  const place = end && { key: after, rank: rankOf(ordered, end.id) };
  const first = await firstByKey({ ...asked, keyOf, ranks: ordered.byId.ranks(), after: place }, slice);
  return { slots: first.map(({ slot }) => slot), keys: new Map(first.map(({ slot, key }) => [slot, key])) };
}

/** An id that is not there stands between two that are. */
function rankOf({ columns: { ids }, byId }: Ordered, id: string): number {
  const words = wordsOf(id);
  const place = byId.lowerBound((slot) => ids.compareKeyWith(slot, words));
  const slot = byId.slots()[place];
  return slot !== undefined && ids.equals(slot, id) ? place : place - 0.5;
}
