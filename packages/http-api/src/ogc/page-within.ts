import type { Camera, CameraQuery } from "@argus/core";

import type { ApiStore } from "../ports.ts";
import { contains, type Interval } from "./datetime.ts";

/** Pages of the store that one request looks through. */
const MAX_PAGES = 20;

/** Cameras of a query whose `last_seen_at` is in an interval, and where to go on: there may be more while that is not null. */
export type Found = { cameras: Camera[]; next_cursor: string | null };

/**
 * The store has no such filter, but an order: it is walked from the interval's side, and left behind its other end.
 * So that one request stays small, it ends after some pages whether it found anything or not.
 */
export async function pageWithin(store: ApiStore, query: CameraQuery, interval: Interval): Promise<Found> {
  // From the latest, unless only the interval's end is said, which may be long ago.
  const isUpward = interval.from === null && interval.until !== null;
  const sort = isUpward ? "last_seen_at" : "-last_seen_at";
  let { cursor } = query;
  for (let page = 1; ; page += 1) {
    const { cameras, next_cursor } = await store.page({ ...query, sort, cursor });
    const next = isPast(cameras.at(-1), interval, isUpward) ? null : next_cursor;
    const found = cameras.filter(({ last_seen_at }) => contains(interval, last_seen_at));
    if (found.length > 0 || next === null || page === MAX_PAGES) return { cameras: found, next_cursor: next };
    cursor = next;
  }
}

function isPast(last: Camera | undefined, { from, until }: Interval, isUpward: boolean): boolean {
  if (last === undefined) return true;
  return isUpward ? until !== null && last.last_seen_at > until : from !== null && last.last_seen_at < from;
}
