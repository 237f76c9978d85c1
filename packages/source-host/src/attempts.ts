import type { Clock, ScrapeState } from "@argus/core";

const FIRST_WAIT_MS = 60_000;
const MAX_WAIT_MS = 3_600_000;
const PAUSE_MS = 6 * 3_600_000;
/** Failures in a row after which a source is paused. */
const PAUSED_AFTER = 5;

type Streak = { failures: number; nextTryAt: number };

/**
 * How often sources have failed in a row, and when each may be tried again by itself: after one minute, two, four, eight,
 * and after the fifth failure every six hours. A person may try at any time.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #streaks = new Map<string, Streak>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of a run's end; a cancelled one tells nothing. */
  ended(sourceId: string, state: ScrapeState, at: number = this.#clock()): void {
    if (state === "complete" || state === "partial") return this.reset(sourceId);
    if (state !== "failed") return;
    const failures = this.failures(sourceId) + 1;
    this.#streaks.set(sourceId, { failures, nextTryAt: at + waitAfter(failures) });
  }

  failures(sourceId: string): number {
    return this.#streaks.get(sourceId)?.failures ?? 0;
  }

  isPaused(sourceId: string): boolean {
    return this.failures(sourceId) >= PAUSED_AFTER;
  }

  /** Milliseconds since 1970; null when it did not fail last. */
  nextTryAt(sourceId: string): number | null {
    return this.#streaks.get(sourceId)?.nextTryAt ?? null;
  }

  reset(sourceId: string): void {
    this.#streaks.delete(sourceId);
  }
}

function waitAfter(failures: number): number {
  return failures >= PAUSED_AFTER ? PAUSE_MS : Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
}
