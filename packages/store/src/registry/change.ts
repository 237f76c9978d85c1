import type { IsoTime, ListedCamera } from "@argus/core";

import { hashedListing } from "../hash.ts";
import { TimeSlice } from "../time-slice.ts";
import type { Knowledge, Known } from "./knowledge.ts";

/** How many cameras are looked up, and then written, at once. */
const PORTION = 200;

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

export const NO_CHANGE: Omit<Change, "at"> = { added: [], changed: [], gone: [], seen: [], completed: new Map() };

/** Whether there is anything to write of it but when sources were listed. */
export function hasRows({ added, changed, gone }: Change): boolean {
  return added.length + changed.length + gone.length > 0;
}

/**
 * A batch of listed cameras, worked out portion by portion, so that one can be written while the next is worked out.
 * The last of several with one id wins.
 */
export async function* upsertChanges(
  knowledge: Knowledge,
  cameras: readonly ListedCamera[],
  at: IsoTime,
): AsyncGenerator<Change, void> {
  const slice = new TimeSlice();
  const distinct = await lastOfEach(cameras, slice);
  const portion = knowledge.isAtHand ? PORTION : distinct.length;
  let pk = knowledge.greatestPk();
  for (let from = 0; from < distinct.length; from += portion) {
    const change = await upsertChange(knowledge, distinct.slice(from, from + portion), { pk, at });
    pk += change.added.length;
    yield change;
    if (slice.isOver) await slice.pause();
  }
}

/** `pk`: the greatest there is. */
async function upsertChange(
  knowledge: Knowledge,
  cameras: readonly ListedCamera[],
  { pk, at }: { pk: number; at: IsoTime },
): Promise<Change> {
  const added: Written[] = [];
  const changed: Written[] = [];
  const seen: number[] = [];
  const known = await knowledge.find(cameras.map(({ id }) => id));
  cameras.forEach((camera, n) => {
    const { listed, listing_hash } = hashedListing(camera);
    const one = known[n] ?? null;
    if (one === null) added.push({ listed, listing_hash, pk: pk + added.length + 1 });
    else if (one.isGone || one.listing_hash !== listing_hash) changed.push({ listed, listing_hash, pk: one.pk });
    else seen.push(one.pk);
  });
  return { ...NO_CHANGE, at, added, changed, seen };
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
export async function* goneChanges(
  knowledge: Knowledge,
  sourceId: string,
  listed: ReadonlySet<string>,
  at: IsoTime,
): AsyncGenerator<Change, void> {
  const gone = await knowledge.presentExcept(sourceId, listed);
  yield { ...NO_CHANGE, at, gone, completed: new Map([[sourceId, at]]) };
}

/** Cameras that somebody takes out of the registry by name. Unknown and gone ones are no change. */
export async function* retireChanges(
  knowledge: Knowledge,
  ids: readonly string[],
  at: IsoTime,
): AsyncGenerator<Change, void> {
  const known = await knowledge.find([...new Set(ids)]);
  const present = known.filter((one) => one !== null && !one.isGone) as Known[];
  const gone = await knowledge.lastSeen(present.map(({ pk }) => pk));
  yield { ...NO_CHANGE, at, gone };
}
