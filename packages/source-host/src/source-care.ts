import type { Clock, HeldListing, Log, ScrapedSource } from "@argus/core";

import { Attempts } from "./attempts.ts";
import type { HeldListings } from "./held-listings.ts";
import { INTERRUPTED } from "./scrape-history.ts";
import { Schedule, type ScheduledSource } from "./schedule.ts";

export type CareParts = {
  clock: Clock;
  log: Log;
  random: () => number;
  held: HeldListings;
  isRunning: (sourceId: string) => boolean;
  /** Whether as much runs as may by schedule. */
  isFull: () => boolean;
  /** Takes note of what other servers have run. Never rejects. */
  catchUp: () => Promise<void>;
  start: (ids: readonly string[]) => Promise<unknown>;
  /** Of those that may be run: their intervals in seconds, and when they were last run. */
  runnable: (ids: ReadonlySet<string>) => readonly Omit<ScheduledSource, "nextTryAt">[];
};

/** How a source stands between its runs. Times are ISO 8601. */
export type SourceStand = {
  /** Failures in a row. */
  failures: number;
  /** When it is next run by itself; null when it is not kept fresh. */
  next_run_at: string | null;
  held: { before: number; listed: number } | null;
};

/** What happens to sources between their runs: kept fresh, tried again, paused, held for somebody's word. */
export class SourceCare implements Disposable {
  readonly #parts: CareParts;
  readonly #attempts: Attempts;
  readonly #schedule: Schedule;
  #fresh: ReadonlySet<string> = new Set();

  constructor(parts: CareParts) {
    this.#parts = parts;
    this.#attempts = new Attempts(parts.clock);
    this.#schedule = new Schedule({ ...parts, sources: () => this.#scheduled(this.#fresh) });
  }

  /** Takes note of how a run ended. */
  ended({ source_id: id, state, message, finished_at: at }: ScrapedSource): void {
    // Not the source's fault.
    if (message === INTERRUPTED) return;
    this.#attempts.ended(id, state, at === null ? this.#parts.clock() : Date.parse(at));
    this.#schedule.changed();
  }

  /** Keeps these fresh, and no others; without a word, those that are enabled. */
  keepFresh(ids: Iterable<string> = this.#fresh): void {
    this.#fresh = new Set(ids);
    this.#schedule.begin();
  }

  isFresh(sourceId: string): boolean {
    return this.#fresh.has(sourceId);
  }

  /** Adds a source to those that are kept fresh, or takes it out; before `keepFresh` that waits for it. */
  setFresh(sourceId: string, isFresh: boolean): void {
    if (isFresh === this.#fresh.has(sourceId)) return;
    this.#fresh = new Set(isFresh ? [...this.#fresh, sourceId] : [...this.#fresh].filter((id) => id !== sourceId));
    this.#schedule.changed();
  }

  reset(sourceId: string): void {
    this.#attempts.reset(sourceId);
    this.#schedule.changed();
  }

  /** The listing that waits for somebody's word. */
  heldOf(sourceId: string): HeldListing | null {
    return this.#parts.held.get(sourceId);
  }

  /** The one that was confirmed, and waits for the next listing. */
  confirmedOf(sourceId: string): HeldListing | null {
    return this.#parts.held.confirmed(sourceId);
  }

  /** Null unless it is paused. */
  pauseOf(sourceId: string): { failures: number; nextTryAt: string } | null {
    const nextTryAt = this.#attempts.nextTryAt(sourceId);
    if (nextTryAt === null || !this.#attempts.isPaused(sourceId)) return null;
    return { failures: this.#attempts.failures(sourceId), nextTryAt: new Date(nextTryAt).toISOString() };
  }

  standOf(sourceId: string): SourceStand {
    const [scheduled] = this.#fresh.has(sourceId) ? this.#scheduled(new Set([sourceId])) : [];
    const due = scheduled === undefined ? null : Math.max(this.#schedule.dueAt(scheduled), this.#parts.clock());
    const held = this.heldOf(sourceId);
    return {
      failures: this.#attempts.failures(sourceId),
      next_run_at: due === null ? null : new Date(due).toISOString(),
      held: held === null ? null : { before: held.before, listed: held.listed },
    };
  }

  [Symbol.dispose](): void {
    this.#schedule[Symbol.dispose]();
  }

  #scheduled(ids: ReadonlySet<string>): ScheduledSource[] {
    return this.#parts.runnable(ids).map((source) => ({ ...source, nextTryAt: this.#attempts.nextTryAt(source.id) }));
  }
}
