import type { Clock, Log } from "@argus/core";

import { describeFault } from "./bounded-text.ts";

const MS_PER_S = 1000;
const JITTER_SHARE = 0.1;
// setTimeout counts to 2^31 milliseconds; a look once a minute also notices a clock that was set.
const LOOK_MS = 60_000;
const SOON_MS = 1000;

export type ScheduledSource = {
  id: string;
  /** Seconds from the end of one run to the start of the next. */
  intervalS: number;
  /** When it was last run, milliseconds since 1970; null for never. */
  lastRunAt: number | null;
  /** When it may be tried again after a failure. */
  nextTryAt: number | null;
};

export type ScheduleParts = {
  /** How the sources stand that are to be kept fresh and may be run. */
  sources: () => readonly ScheduledSource[];
  isBusy: () => boolean;
  start: (ids: readonly string[]) => Promise<unknown>;
  clock: Clock;
  log: Log;
  /** 0 to 1. */
  random: () => number;
};

/**
 * Runs sources when their time has come: each after its own interval, a little later by chance so that not all of the
 * world asks at once, and as soon as nothing else runs. What was missed is caught up with once.
 */
export class Schedule implements Disposable {
  readonly #parts: ScheduleParts;
  readonly #jitter = new Map<string, { of: number; share: number }>();
  #timer: NodeJS.Timeout | null = null;
  #isOn = false;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
  }

  /** From now on; until then, and once disposed, nothing is started. */
  begin(): void {
    this.#isOn = true;
    this.#plan(SOON_MS);
  }

  /** Something ended or was reset: a source may be due. */
  changed(): void {
    if (this.#isOn) this.#plan(SOON_MS);
  }

  /** When a source is due, milliseconds since 1970. */
  dueAt(source: ScheduledSource): number {
    if (source.nextTryAt !== null) return source.nextTryAt;
    if (source.lastRunAt === null) return 0;
    return (
      source.lastRunAt + source.intervalS * MS_PER_S * (1 + JITTER_SHARE * this.#shareOf(source.id, source.lastRunAt))
    );
  }

  [Symbol.dispose](): void {
    this.#isOn = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** The same for one run, so that a look does not move it. */
  #shareOf(id: string, lastRunAt: number): number {
    const known = this.#jitter.get(id);
    if (known?.of === lastRunAt) return known.share;
    const share = this.#parts.random();
    this.#jitter.set(id, { of: lastRunAt, share });
    return share;
  }

  #plan(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    const { sources, isBusy, start, clock, log } = this.#parts;
    this.#timer = null;
    const now = clock();
    const standing = sources();
    const due = standing.filter((source) => this.dueAt(source) <= now).map(({ id }) => id);
    if (due.length > 0 && !isBusy()) {
      try {
        await start(due);
      } catch (error) {
        log.warn(`a scheduled scrape could not start: ${describeFault(error)}`, { sources: due.join(",") });
      }
    }
    if (!this.#isOn || this.#timer !== null) return;
    const next = Math.min(...standing.map((source) => this.dueAt(source) - now).filter((ms) => ms > 0), LOOK_MS);
    this.#plan(Math.max(SOON_MS, next));
  }
}
