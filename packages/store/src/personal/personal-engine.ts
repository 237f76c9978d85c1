import type { Clock, IsoTime } from "@argus/core";

import type { StoreEngine } from "../store-engine.ts";

/** What personal things need of an engine; each write is one transaction that no other writer comes between. */
export type PersonalEngine = Pick<StoreEngine, "read" | "write">;

/** Where a part of a list begins, in the order of camera ids, and how long it may be. */
export type PartQuery = { after?: string | undefined; limit?: number | undefined };

/** Refuses a write when the thing was changed since: its `updated_at` then, or null when it did not exist. */
export type Unchanged = { unchangedSince?: IsoTime | null | undefined };

/** Ids in one statement: far from the number of parameters that any engine takes. */
const IDS_PER_STATEMENT = 500;

export function* portionsOf<Value>(
  values: readonly Value[],
  size: number = IDS_PER_STATEMENT,
): Generator<Value[], void> {
  for (let from = 0; from < values.length; from += size) yield values.slice(from, from + size);
}

/**
 * The time of a change: now, but later than the one before, for the time names the version, and two within a
 * millisecond, or after a clock was put back, must not be one.
 */
export function timeAfter(clock: Clock, before: IsoTime | null): IsoTime {
  return new Date(Math.max(clock(), before === null ? 0 : Date.parse(before) + 1)).toISOString();
}
