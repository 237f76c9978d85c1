import type { IsoTime, ListedCamera } from "@argus/core";

import { storableListing } from "../camera-record.ts";
import { listingHash } from "../hash.ts";
import { TimeSlice } from "../time-slice.ts";
import type { Knowledge, Known } from "./knowledge.ts";

/** How many cameras are looked up at once. */
const PORTION = 1000;

/** A row to be written: a new camera, or a known one that its source tells differently. */
export type Written = {
  readonly listed: ListedCamera;
  readonly listing_hash: number;
  readonly pk: number;
  /** Where it is not simply seen now for the first time, or again. */
  readonly times?: { first_seen_at: IsoTime; last_seen_at: IsoTime; gone_at: IsoTime | null };
};

/** What is to be written and then taken into memory; working it out changes nothing. */
export type Change = {
  readonly at: IsoTime;
  /** New cameras, with the numbers that follow the greatest there is. */
  readonly added: readonly Written[];
  /** Known cameras that are told differently. */
  readonly changed: readonly Written[];
  /** Cameras that are no longer listed, and when they were last. */
  readonly gone: readonly { pk: number; last_seen_at: IsoTime }[];
  /** Cameras that are as they were, and were seen at `at`. */
  readonly seen: readonly number[];
  /** Sources that a scrape has just listed completely, and when. */
  readonly completed: ReadonlyMap<string, IsoTime>;
};

/** How many distinct cameras of a batch were of which kind; a camera that returns from gone counts as changed. */
export type UpsertCounts = { new: number; changed: number; unchanged: number };

export const NO_CHANGE: Omit<Change, "at"> = { added: [], changed: [], gone: [], seen: [], completed: new Map() };

/** A batch of listed cameras. The last of several with one id wins. */
export async function upsertChange(
  knowledge: Knowledge,
  cameras: readonly ListedCamera[],
  at: IsoTime,
): Promise<Change & { counts: UpsertCounts }> {
  const plan = new UpsertPlan(knowledge.greatestPk());
  const slice = new TimeSlice();
  const distinct = await lastOfEach(cameras, slice);
  for (let from = 0; from < distinct.length; from += PORTION) {
    const portion = distinct.slice(from, from + PORTION).map(storableListing);
    const known = await knowledge.find(portion.map(({ id }) => id));
    portion.forEach((listed, n) => plan.add(listed, known[n] ?? null));
    if (slice.isOver) await slice.pause();
  }
  const { added, changed, seen } = plan;
  const counts = { new: added.length, changed: changed.length, unchanged: seen.length };
  return { ...NO_CHANGE, at, added, changed, seen, counts };
}

class UpsertPlan {
  readonly added: Written[] = [];
  readonly changed: Written[] = [];
  readonly seen: number[] = [];
  #pk: number;

  constructor(greatestPk: number) {
    this.#pk = greatestPk;
  }

  add(listed: ListedCamera, known: Known | null): void {
    const listing_hash = listingHash(listed);
    if (known === null) this.added.push({ listed, listing_hash, pk: (this.#pk += 1) });
    else if (known.isGone || known.listing_hash !== listing_hash)
      this.changed.push({ listed, listing_hash, pk: known.pk });
    else this.seen.push(known.pk);
  }
}

async function lastOfEach(cameras: readonly ListedCamera[], slice: TimeSlice): Promise<readonly ListedCamera[]> {
  const byId = new Map<string, ListedCamera>();
  for (let from = 0; from < cameras.length; from += PORTION) {
    for (const camera of cameras.slice(from, from + PORTION)) byId.set(camera.id, camera);
    if (slice.isOver) await slice.pause();
  }
  return byId.size === cameras.length ? cameras : [...byId.values()];
}

/** A complete scrape of a source: what it did not list is gone, what it listed was seen. */
export async function goneChange(
  knowledge: Knowledge,
  sourceId: string,
  listed: ReadonlySet<string>,
  at: IsoTime,
): Promise<Change> {
  const gone = await knowledge.presentExcept(sourceId, listed);
  return { ...NO_CHANGE, at, gone, completed: new Map([[sourceId, at]]) };
}

/** Cameras that somebody takes out of the registry by name. Unknown and gone ones are no change. */
export async function retireChange(knowledge: Knowledge, ids: readonly string[], at: IsoTime): Promise<Change> {
  const known = await knowledge.find([...new Set(ids)]);
  const present = known.filter((one) => one !== null && !one.isGone) as Known[];
  const gone = await knowledge.lastSeen(present.map(({ pk }) => pk));
  return { ...NO_CHANGE, at, gone };
}
