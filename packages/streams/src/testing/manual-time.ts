import type { Timer } from "../timer.ts";

type Entry = { at: number; run: () => void };

/** A clock that moves only when told to, and the timers that hang on it. */
export class ManualTime {
  #now: number;
  readonly #entries: Set<Entry> = new Set();
  readonly #waiting: Set<() => void> = new Set();

  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  readonly clock = (): number => this.#now;

  readonly timer: Timer = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.#now + ms, run };
    this.#entries.add(entry);
    for (const tell of this.#waiting) tell();
    return () => void this.#entries.delete(entry);
  };

  /** Milliseconds until each timer that is set, soonest first. */
  get pending(): number[] {
    return [...this.#entries].map(({ at }) => at - this.#now).toSorted((a, b) => a - b);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#entries].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#entries.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  /** Resolves once a timer is set that fires between `least` and `most` milliseconds from now. */
  async until(least: number, most: number = least): Promise<void> {
    while (!this.pending.some((ms) => ms >= least && ms <= most)) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      await promise;
      this.#waiting.delete(resolve);
    }
  }
}
