import type { IsoTime } from "@argus/core";

/*
 * When a camera was last seen, in one place.
 *
 * In memory `last_seen_at` is exact: every batch that lists a camera sets it, changed or not. On disk that would cost
 * a row write per camera and scrape, so a row keeps the time of its own last write, and `source_state` keeps for each
 * source the end of its last complete scrape. A complete scrape marks gone whatever it did not list, so a camera that
 * is not gone was listed by it. Read back, a camera was thus last seen at the later of the two; a gone one at the
 * time its row holds, which was written when it went.
 * What a restart forgets is only that an unfinished scrape saw a camera again unchanged: the time read back may be
 * too early by that, and is never later than the truth.
 */
export function lastSeen(
  camera: { last_seen_at: IsoTime; gone_at: IsoTime | null },
  completeAt: IsoTime | undefined,
): IsoTime {
  return camera.gone_at === null && completeAt !== undefined
    ? laterOf(camera.last_seen_at, completeAt)
    : camera.last_seen_at;
}

/** ISO times of one precision compare as text. */
export function laterOf(a: IsoTime, b: IsoTime): IsoTime {
  return a > b ? a : b;
}
