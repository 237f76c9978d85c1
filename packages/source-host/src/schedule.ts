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
  /** Whether this one is run just now, by whomever. */
  isRunning: (id: string) => boolean;
  /** Whether as much runs as may. */
  isFull: () => boolean;
  /** Asked before anything is started: other servers may have run what is due here. Never rejects. */
  catchUp: () => Promise<void>;
  start: (ids: readonly string[]) => Promise<unknown>;
  clock: Clock;
  log: Log;
  /** 0 to 1. */
  random: () => number;
};

/**
 * Runs sources when their time has come: each after its own interval, a little later by chance so that not all of the
 * world asks at once, whatever else runs, and never one that is run already. What was missed is caught up with once.
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
    const { sources, isFull, clock } = this.#parts;
    this.#timer = null;
    if (this.#due().length > 0 && !isFull()) await this.#startDue();
    if (!this.#isOn || this.#timer !== null) return;
    const now = clock();
    const next = Math.min(
      ...sources()
        .map((source) => this.dueAt(source) - now)
        .filter((ms) => ms > 0),
      LOOK_MS,
    );
    this.#plan(Math.max(SOON_MS, next));
  }

  #due(): string[] {
    const { sources, isRunning, clock } = this.#parts;
    const now = clock();
    return sources()
      .filter((source) => this.dueAt(source) <= now && !isRunning(source.id))
      .map(({ id }) => id);
  }

  async #startDue(): Promise<void> {
    const { catchUp, isFull, start, log } = this.#parts;
    await catchUp();
    const due = this.#due();
    if (due.length === 0 || isFull() || !this.#isOn) return;
    try {
      await start(due);
    } catch (error) {
      log.warn(`a scheduled scrape could not start: ${describeFault(error)}`, { sources: due.join(",") });
    }
  }
}
