import type { IsoTime, ListedCamera } from "@argus/core";

import { CameraEntry } from "./camera-entry.ts";
import type { CameraIndex } from "./camera-index.ts";
import { newCamera, relist, sameListing, storableListing } from "./camera-record.ts";
import { laterOf } from "./last-seen.ts";
import { TimeSlice } from "./time-slice.ts";

/** What is to be written and then taken into the index; working it out changes nothing. */
export type Change = {
  /** New states of cameras, one per id. */
  readonly written: CameraEntry[];
  /** Entries of the index that are as they were, and when they were seen. */
  readonly seen: { entry: CameraEntry; at: IsoTime }[];
  readonly completed: Map<string, IsoTime>;
};

/** How many distinct cameras of a batch were of which kind; a camera that returns from gone counts as changed. */
export type UpsertCounts = { new: number; changed: number; unchanged: number };

function noChange(): Change {
  return { written: [], seen: [], completed: new Map() };
}

/** A batch of listed cameras. The last of several with one id wins. */
export async function upsertChange(
  index: CameraIndex,
  cameras: readonly ListedCamera[],
  now: IsoTime,
): Promise<Change & { counts: UpsertCounts }> {
  const change = { ...noChange(), counts: { new: 0, changed: 0, unchanged: 0 } };
  const slice = new TimeSlice();
  for (const camera of lastOfEach(cameras)) {
    change.counts[list(change, index.get(camera.id), storableListing(camera), now)] += 1;
    if (slice.isOver) await slice.pause();
  }
  return change;
}

function lastOfEach(cameras: readonly ListedCamera[]): Iterable<ListedCamera> {
  return new Map(cameras.map((camera) => [camera.id, camera])).values();
}

function list(change: Change, known: CameraEntry | undefined, listed: ListedCamera, now: IsoTime): keyof UpsertCounts {
  if (known === undefined) {
    change.written.push(new CameraEntry(newCamera(listed, now)));
    return "new";
  }
  if (known.camera.gone_at === null && sameListing(known.camera, listed)) {
    change.seen.push({ entry: known, at: now });
    return "unchanged";
  }
  change.written.push(new CameraEntry(relist(known.camera, listed, now)));
  return "changed";
}

/** A complete scrape of a source: what it did not list is gone. */
export async function goneChange(
  index: CameraIndex,
  sourceId: string,
  listed: ReadonlySet<string>,
  now: IsoTime,
): Promise<Change> {
  const change = noChange();
  const slice = new TimeSlice();
  for (const entry of index.entries()) {
    if (entry.camera.source_id !== sourceId || entry.camera.gone_at !== null) continue;
    if (listed.has(entry.id)) change.seen.push({ entry, at: now });
    else change.written.push(asGone(entry, now));
    if (slice.isOver) await slice.pause();
  }
  change.completed.set(sourceId, now);
  return change;
}

function asGone({ camera }: CameraEntry, now: IsoTime): CameraEntry {
  return new CameraEntry({ ...camera, gone_at: now });
}

/** What a store held in memory before it had its database, told to the database's index. */
export type MemoryState = { readonly index: CameraIndex; readonly completed: ReadonlyMap<string, IsoTime> };

export async function mergeChange(stored: MemoryState, memory: MemoryState): Promise<Change> {
  const change = noChange();
  const slice = new TimeSlice();
  for (const entry of memory.index.entries()) {
    mergeOne(change, stored.index.get(entry.id), entry);
    if (slice.isOver) await slice.pause();
  }
  for (const [sourceId, at] of memory.completed) mergeCompleted(change, stored, memory.index, sourceId, at);
  return change;
}

function mergeOne(change: Change, known: CameraEntry | undefined, { camera }: CameraEntry): void {
  if (known === undefined) {
    change.written.push(new CameraEntry({ ...camera }));
    return;
  }
  const seenAt = laterOf(known.camera.last_seen_at, camera.last_seen_at);
  if (known.camera.gone_at === camera.gone_at && sameListing(known.camera, camera)) {
    change.seen.push({ entry: known, at: seenAt });
  } else {
    change.written.push(new CameraEntry({ ...relist(known.camera, camera, seenAt), gone_at: camera.gone_at }));
  }
}

function mergeCompleted(change: Change, stored: MemoryState, memory: CameraIndex, sourceId: string, at: IsoTime): void {
  for (const entry of stored.index.entries()) {
    const { source_id, gone_at } = entry.camera;
    // What memory knows too has its own word on being gone.
    if (source_id === sourceId && gone_at === null && memory.get(entry.id) === undefined)
      change.written.push(asGone(entry, at));
  }
  if (at > (stored.completed.get(sourceId) ?? "")) change.completed.set(sourceId, at);
}
