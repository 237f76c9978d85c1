import type { Scrape, ScrapedSource } from "@argus/core";

import { describeFault } from "./bounded-text.ts";
import { hostClosed, scrapeEmpty } from "./errors.ts";
import { type LastPart, ScrapeHistory } from "./scrape-history.ts";
import { type EndInterrupted, OtherScrapes } from "./other-scrapes.ts";
import type { Roster } from "./roster.ts";
import { RunningScrapes, type StartedBy } from "./running-scrapes.ts";
import type { RunSettings } from "./run-settings.ts";
import { type ScrapeEvent, ScrapeFeed } from "./scrape-feed.ts";
import { type ScrapeListener, ScrapeRun } from "./scrape-run.ts";

export type ScrapesParts = {
  settings: RunSettings;
  roster: Roster;
  /** Told of each source's part that has ended, here or on another server, the oldest first. */
  partEnded: (part: ScrapedSource) => void;
};

/** Starts scrapes, several at once, tells how they go on, and ends them. */
export class Scrapes implements AsyncDisposable {
  readonly #settings: RunSettings;
  readonly #roster: Roster;
  readonly #running: RunningScrapes;
  readonly #history: ScrapeHistory;
  readonly #feed: ScrapeFeed;
  readonly #listener: ScrapeListener;
  readonly #others: OtherScrapes;
  #closed = false;

  constructor({ settings, roster, partEnded }: ScrapesParts) {
    this.#settings = settings;
    this.#roster = roster;
    this.#running = new RunningScrapes(settings.limits);
    this.#history = new ScrapeHistory(partEnded);
    this.#feed = new ScrapeFeed(settings.limits.eventMs, () => this.#running.joined());
    this.#listener = {
      changed: () => this.#feed.changed(),
      partEnded: (run, part) => this.#history.rememberPart({ id: run.id, started_at: run.startedAt }, part),
    };
    this.#others = new OtherScrapes(settings, (isAlive) => this.#endInterrupted(isAlive));
  }

  /** The unfinished part of a source; null when it is not run. */
  partOf(sourceId: string): ScrapedSource | null {
    return this.#running.partOf(sourceId);
  }

  /** The part of a source that ended last. */
  lastOf(sourceId: string): LastPart | null {
    return this.#history.lastOf(sourceId);
  }

  /** When a source was last run, here or by another server, milliseconds since 1970; null for never. */
  lastRunAt(sourceId: string): number | null {
    return this.#history.lastRunAt(sourceId);
  }

  isFullFor(startedBy: StartedBy): boolean {
    return this.#closed || this.#running.isFullFor(startedBy);
  }

  /** @throws ArgusError ARGUS_SCRAPE_RUNNING when one of these is run. */
  refuseRunning(sourceIds: readonly string[]): void {
    this.#running.refuseRunning(sourceIds);
  }

  /** See `SourceHost.start`. */
  async start(ids: readonly string[], startedBy: StartedBy): Promise<Scrape> {
    this.#assertOpen();
    // Only when it must: what starts at once also keeps its sources from being started again.
    if (this.#roster.isAsking(ids)) {
      await this.#roster.asked(ids);
      this.#assertOpen();
    }
    if (ids.length === 0) throw scrapeEmpty();
    const sources = this.#roster.choose(ids);
    this.#running.admit(ids, startedBy);
    const run = new ScrapeRun(sources, this.#settings, this.#listener);
    const saved = this.#settings.store.saveScrape(run.snapshot());
    this.#running.add(run, startedBy, this.#runToEnd(run, saved));
    await saved;
    return run.snapshot();
  }

  current(): Scrape | null {
    return this.#running.joined();
  }

  last(): Scrape | null {
    return this.#history.last;
  }

  /** All, or the part of one source. */
  async cancel(sourceId?: string): Promise<Scrape | null> {
    return await (sourceId === undefined ? this.#running.cancel() : this.#running.cancelSource(sourceId));
  }

  subscribe(options: { after?: string | undefined; signal: AbortSignal }): AsyncIterable<ScrapeEvent> {
    return this.#feed.subscribe(options);
  }

  /** See `SourceHost.recover`. */
  async recover({ isShared }: { isShared: boolean }): Promise<number> {
    return isShared ? await this.#others.look() : await this.#endInterrupted(async () => false);
  }

  /** Takes note of what other servers have run, and run just now. Never rejects. */
  async catchUp(): Promise<void> {
    const { store, log } = this.#settings;
    try {
      await this.#history.catchUp(store, () => this.#running.ids());
    } catch (error) {
      log.debug("what other servers have run cannot be read just now", { reason: describeFault(error) });
    }
  }

  /** Cancels what runs; the subscriptions go on until `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#others[Symbol.dispose]();
    await this.cancel();
  }

  /** Ends every subscription. */
  close(): void {
    this.#feed.close();
  }

  #assertOpen(): void {
    if (this.#closed) throw hostClosed();
  }

  /** Null when the scrape could not even be saved, and so never ran. */
  async #runToEnd(run: ScrapeRun, saved: Promise<void>): Promise<Scrape | null> {
    try {
      await saved;
    } catch {
      // `start` throws it.
      this.#running.remove(run.id);
      return null;
    }
    this.#running.saved(run.id);
    this.#feed.changed();
    const scrape = await run.run();
    this.#running.remove(run.id);
    this.#history.remember(scrape);
    this.#feed.end(scrape);
    return scrape;
  }

  async #endInterrupted(isAlive: Parameters<EndInterrupted>[0]): Promise<number> {
    const { store, clock } = this.#settings;
    const ids = (): string[] => this.#running.ids();
    const before = this.#history.last;
    const interrupted = await this.#history.recover({ store, clock, runningIds: ids, isAlive });
    const { last } = this.#history;
    if (ids().length === 0 && last !== null && last !== before) this.#feed.end(last);
    return interrupted;
  }
}
