import { randomBytes } from "node:crypto";

import type { Scrape } from "@argus/core";

/** A snapshot of a scrape; a subscriber that names its id is sent only what came after. */
export type ScrapeEvent = { id: string; scrape: Scrape };

type NumberedScrape = { number: number; scrape: Scrape };
/** An end, and whether others ran on. */
type End = NumberedScrape & { isAmidst: boolean };

const BOOT_BYTES = 6;
const MAX_ENDED = 32;
const EVENT_ID = /^(?<boot>[0-9a-f]+)-(?<number>\d{1,15})$/u;

/**
 * Tells subscribers about scrapes. Each event is a whole snapshot, so only the newest of a running scrape is worth
 * sending, to whoever asks and at whatever pace; what is kept for those who were away is the end of each scrape, for
 * the last 32. Scrapes that run at once are told as one snapshot, and each one's end under its own id. Event ids begin with
 * something random, so that an id of an earlier process is known as one.
 */
export class ScrapeFeed {
  readonly #eventMs: number;
  readonly #boot = randomBytes(BOOT_BYTES).toString("hex");
  readonly #current: () => Scrape | null;
  readonly #ended: End[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #closing = new AbortController();
  #number = 0;
  /** The number of the newest end that is no longer kept. */
  #forgotten = 0;
  #snapshot: NumberedScrape | null = null;

  /** `eventMs`: the least time between two events for one subscriber; `current` tells how what runs stands. */
  constructor(eventMs: number, current: () => Scrape | null) {
    this.#eventMs = eventMs;
    this.#current = current;
  }

  /** A scrape has begun, or one that runs has moved on. */
  changed(): void {
    this.#number += 1;
    this.#wake();
  }

  /** A scrape has ended and runs no more, or one that ended in an earlier process has been read. */
  end(scrape: Scrape): void {
    const isAmidst = this.#current() !== null;
    this.#number += 1;
    this.#ended.push({ number: this.#number, scrape, isAmidst });
    if (this.#ended.length > MAX_ENDED) this.#forgotten = this.#ended.shift()?.number ?? this.#forgotten;
    // What runs on is told anew after it, though nothing about that has changed.
    if (isAmidst) this.#number += 1;
    this.#wake();
  }

  /** Ends every subscription. */
  close(): void {
    this.#closing.abort();
  }

  /** Yields until `signal` is aborted or the feed is closed; then it ends without an error. */
  async *subscribe(options: {
    after?: string | undefined;
    signal: AbortSignal;
  }): AsyncGenerator<ScrapeEvent, void, void> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    let seen = this.#numberOf(options.after);
    while (!signal.aborted) {
      const next = this.#next(seen);
      seen = next?.number ?? seen ?? this.#number;
      if (next === null) await this.#change(signal);
      else yield* this.#deliver(next, signal);
    }
  }

  async *#deliver({ number, scrape }: NumberedScrape, signal: AbortSignal): AsyncGenerator<ScrapeEvent, void, void> {
    const pause = startPause(this.#eventMs, signal);
    try {
      yield { id: `${this.#boot}-${number}`, scrape };
      await pause.over;
    } finally {
      pause.stop();
    }
  }

  /**
   * After `seen`: the earliest end that was missed, else the newest snapshot. Seen nothing: how things stand; where others
   * ran on after the newest end, that end first, or whoever has just started that scrape would wait for it in vain.
   */
  #next(seen: number | null): NumberedScrape | null {
    const latest = this.#latest();
    if (seen === null || seen < this.#forgotten) {
      const end = this.#ended.at(-1);
      return end?.isAmidst === true ? end : latest;
    }
    const missed = this.#ended.find(({ number }) => number > seen);
    return missed ?? (latest !== null && latest.number > seen ? latest : null);
  }

  #latest(): NumberedScrape | null {
    if (this.#snapshot?.number === this.#number) return this.#snapshot;
    const scrape = this.#current();
    if (scrape === null) return this.#ended.at(-1) ?? null;
    this.#snapshot = { number: this.#number, scrape };
    return this.#snapshot;
  }

  /** The number in one of this process's event ids, else null. */
  #numberOf(eventId: string | undefined): number | null {
    const groups = EVENT_ID.exec(eventId ?? "")?.groups;
    const number = groups?.["boot"] === this.#boot ? Number(groups["number"]) : null;
    return number !== null && number <= this.#number ? number : null;
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}

/** A wait that an abort cuts short. */
function startPause(ms: number, signal: AbortSignal): { over: Promise<void>; stop: () => void } {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = (): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    resolve();
  };
  signal.addEventListener("abort", stop, { once: true });
  return { over, stop };
}
