const FIRST_MS = 1000;
const MAX_MS = 60_000;
// 2^6 s is past the longest wait already.
const MAX_DOUBLINGS = 6;

/** Between 0 and 1; replaced in tests. */
export type Random = () => number;

/**
 * Milliseconds to wait after the n-th failure in a row (from 1): doubling from 1 s to 60 s, of which a random half is
 * taken off, so that cameras that failed together are not asked together again.
 */
export function backoffMs(failures: number, random: Random): number {
  const full = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, MAX_DOUBLINGS));
  return Math.round(full / 2 + (full / 2) * random());
}
