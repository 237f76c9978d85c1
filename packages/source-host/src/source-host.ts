import { type Clock, ListedCamera, type Log, type Scrape, silentLog, type SourceInfo } from "@argus/core";
import type { OriginHandler, ResolvedUrls } from "@argus/source-sdk";

import type { AddressRule } from "./egress.ts";
import { hostClosed, resolvesNot, scrapeEmpty, scrapeRunning } from "./errors.ts";
import type { HostStore } from "./host-store.ts";
import type { InstalledSource } from "./installed-source.ts";
import { DEFAULT_LIMITS, type HostLimits } from "./limits.ts";
import { Origins } from "./origins.ts";
import { DEFAULT_BOUNDS, type ProcessBounds } from "./process/bounds.ts";
import { Resolver } from "./resolver.ts";
import { Roster } from "./roster.ts";
import type { HttpOverrides, RunSettings } from "./run-settings.ts";
import { type ScrapeEvent, ScrapeFeed } from "./scrape-feed.ts";
import { ScrapeHistory } from "./scrape-history.ts";
import { ScrapeRun } from "./scrape-run.ts";
import { SourceCare, type SourceStand } from "./source-care.ts";
import type { SourceCode } from "./source-code.ts";
import { sourceInfo } from "./source-list.ts";

export type SourceHostOptions = {
  installed: readonly InstalledSource[];
  store: HostStore;
  /** Where the variables that sources declare are looked up; each source is handed its own and no others. */
  env: Readonly<Record<string, string | undefined>>;
  /** By source id, as configured; each source's schema checks its own. */
  options?: Readonly<Record<string, unknown>>;
  userAgent: string;
  log?: Log;
  clock?: Clock;
  http?: HttpOverrides;
  limits?: Partial<HostLimits>;
  /** What bounds the process of each source. */
  bounds?: Partial<ProcessBounds>;
  /** Which addresses a source's hosts may lead to. Default: all. */
  addressRule?: AddressRule;
  /** Camera addresses in networks that the user has opened. Default: none. */
  isOpened?: (url: URL) => boolean;
  /** 0 to 1, for what is spread by chance. */
  random?: () => number;
};

/** Runs sources: one scrape at a time, all its sources at once, none of them able to spoil another's part. */
export class SourceHost implements AsyncDisposable {
  readonly #options: SourceHostOptions;
  readonly #settings: RunSettings;
  readonly #roster: Roster;
  readonly #feed: ScrapeFeed;
  readonly #history: ScrapeHistory;
  readonly #care: SourceCare;
  readonly #origins: Origins;
  readonly #resolver: Resolver;
  readonly #closing = new AbortController();
  #running: { run: ScrapeRun; ended: Promise<Scrape | null> } | null = null;
  #closed = false;

  constructor(options: SourceHostOptions) {
    const { log = silentLog, clock = Date.now, random = Math.random } = options;
    this.#options = options;
    this.#care = new SourceCare({
      clock,
      log,
      random,
      isBusy: () => this.#running !== null || this.#closed,
      start: (ids) => this.start(ids),
      runnable: (ids) => this.#runnable(ids),
    });
    this.#history = new ScrapeHistory((part) => this.#care.ended(part));
    this.#settings = {
      held: this.#care.held,
      store: options.store,
      userAgent: options.userAgent,
      log,
      clock,
      http: options.http ?? {},
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      bounds: { ...DEFAULT_BOUNDS, ...options.bounds },
      addressRule: options.addressRule ?? (() => null),
      isOpened: options.isOpened ?? (() => false),
    };
    this.#roster = new Roster({
      installed: options.installed,
      env: options.env,
      configured: options.options ?? {},
      bounds: this.#settings.bounds,
      signal: this.#closing.signal,
    });
    this.#resolver = new Resolver(this.#settings);
    this.#feed = new ScrapeFeed(this.#settings.limits.eventMs);
    this.#origins = new Origins(() => this.#roster.ready(), this.#settings.log);
  }

  /** Every installed source, broken ones too. */
  list(): SourceInfo[] {
    const counts = this.#options.store.countBySource();
    return this.#roster.entries().map(([id, installed]) =>
      sourceInfo({
        installed,
        setup: this.#roster.setUp(installed),
        running: this.#running?.run.part(id) ?? null,
        last: this.#history.lastOf(id),
        cameraCount: counts.get(id) ?? 0,
        held: this.#care.heldOf(id),
        paused: this.#care.pauseOf(id),
      }),
    );
  }

  /**
   * What is wrong with the configured options, once the sources have been asked: those of sources that are not
   * installed, keys that are unknown and values that do not fit. An app may refuse to start with them; the host itself
   * runs without the sources in question.
   */
  async settingsProblems(): Promise<string[]> {
    return await this.#roster.problems();
  }

  /** A source's options as JSON Schema, null when it is broken or cannot tell, and how it stands between its runs. */
  details(sourceId: string): SourceStand & { options_schema: SourceCode["optionsSchema"]; can_resolve: boolean } {
    const source = this.#roster.get(sourceId).source;
    return {
      ...this.#care.standOf(sourceId),
      options_schema: source?.optionsSchema ?? null,
      can_resolve: source?.canResolve ?? false,
    };
  }

  /**
   * From now on runs these by itself, and no others: each after its interval (the source's own, or `interval_s` among
   * its options), later after a failure, and only while nothing else runs. Those that are not ready are passed over.
   */
  keepFresh(sourceIds: Iterable<string>): void {
    if (this.#closed) throw hostClosed();
    this.#care.keepFresh(sourceIds);
  }

  /** Forgets a source's failures, so that it is tried as if it had never failed. @throws ARGUS_SOURCE_UNKNOWN. */
  reset(sourceId: string): void {
    this.#roster.get(sourceId);
    this.#care.reset(sourceId);
  }

  /**
   * Says that a held listing is right: what it lacks is marked gone. Answers how many cameras those were.
   * @throws ArgusError ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_NOTHING_HELD, ARGUS_SCRAPE_RUNNING while the source is run.
   */
  async confirm(sourceId: string): Promise<number> {
    this.#roster.get(sourceId);
    if (this.#running?.run.part(sourceId)?.finished_at === null) throw scrapeRunning(this.#running.run.id);
    return await this.#care.held.confirm(sourceId, this.#options.store);
  }

  /**
   * Where a camera's pictures are just now, of a source that resolves its cameras; kept for as long as the source says.
   * @throws ArgusError ARGUS_SOURCE_UNKNOWN, _BROKEN, _UNCONFIGURED, _RESOLVES_NOT, _RESOLVE_BUSY, _RESOLVE_LATE,
   *   _RESOLVED_BADLY, ARGUS_SOURCE_HOST_CLOSED, or what the source failed of; the signal's reason when aborted.
   */
  async resolve(sourceId: string, camera: ListedCamera, signal: AbortSignal): Promise<ResolvedUrls> {
    if (this.#closed) throw hostClosed();
    if (this.#roster.isAsking([sourceId])) await this.#roster.asked([sourceId]);
    const [ready] = this.#roster.choose([sourceId]);
    if (ready === undefined || !ready.source.canResolve) throw resolvesNot(sourceId);
    // Only the fields of a listing, whatever else the registry knows.
    return await this.#resolver.resolve(ready, ListedCamera.parse(camera), signal);
  }

  /** The origins that sources bring along, by host; the first call opens them. */
  origins(): ReadonlyMap<string, OriginHandler> {
    return this.#origins.handlers();
  }

  /**
   * Reads the stored scrapes, for `last()` and `list()`; a scrape that is stored as running, although nobody runs it,
   * is saved as failed. Call it once at the start. Answers how many those were.
   */
  async recover(): Promise<number> {
    const interrupted = await this.#history.recover(
      this.#options.store,
      this.#settings.clock,
      this.#running?.run.id ?? null,
    );
    if (this.#running === null && this.#history.last !== null) this.#feed.end(this.#history.last);
    return interrupted;
  }

  /**
   * Starts a scrape of these sources; settles as soon as it runs.
   * @throws ArgusError ARGUS_SCRAPE_RUNNING while another runs, ARGUS_SCRAPE_EMPTY, ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_BROKEN,
   *   ARGUS_SOURCE_UNCONFIGURED, ARGUS_SOURCE_HOST_CLOSED; the store's error when it cannot save the scrape.
   */
  async start(sourceIds: readonly string[]): Promise<Scrape> {
    if (this.#closed) throw hostClosed();
    const ids = [...new Set(sourceIds)];
    // Only when it must: what starts at once also keeps others from starting.
    if (this.#roster.isAsking(ids)) await this.#roster.asked(ids);
    if (ids.length === 0) throw scrapeEmpty();
    const sources = this.#roster.choose(ids);
    if (this.#running !== null) throw scrapeRunning(this.#running.run.id);
    const run = new ScrapeRun(sources, this.#settings, () => this.#feed.changed());
    const saved = this.#options.store.saveScrape(run.snapshot());
    this.#running = { run, ended: this.#runToEnd(run, saved) };
    await saved;
    return run.snapshot();
  }

  /** The running scrape, as it stands. */
  current(): Scrape | null {
    return this.#running?.run.snapshot() ?? null;
  }

  /** The newest scrape that has ended. */
  last(): Scrape | null {
    return this.#history.last;
  }

  /** Stops the running scrape and waits until it has ended; what was stored stays. Null when none runs. */
  async cancel(): Promise<Scrape | null> {
    this.#running?.run.cancel();
    return (await this.#running?.ended) ?? null;
  }

  /**
   * Snapshots of the running scrape, at most five a second, and the end of each scrape; first how things stand, or
   * what came after the event whose id is `after`. Ends when `signal` is aborted or the host is closed.
   */
  subscribe(options: { after?: string | undefined; signal: AbortSignal }): AsyncIterable<ScrapeEvent> {
    return this.#feed.subscribe(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#care[Symbol.dispose]();
    this.#closing.abort(hostClosed());
    await Promise.all([this.cancel(), this.#resolver[Symbol.asyncDispose]()]);
    this.#feed.close();
    await this.#origins[Symbol.asyncDispose]();
  }

  /** Null when the scrape could not even be saved, and so never ran. */
  async #runToEnd(run: ScrapeRun, saved: Promise<void>): Promise<Scrape | null> {
    try {
      await saved;
    } catch {
      // `start` throws it.
      this.#running = null;
      return null;
    }
    this.#feed.begin(() => run.snapshot());
    const scrape = await run.run();
    this.#running = null;
    this.#history.remember(scrape);
    this.#feed.end(scrape);
    return scrape;
  }

  #runnable(ids: ReadonlySet<string>): { id: string; intervalS: number; lastRunAt: number | null }[] {
    const ready = this.#roster.ready().filter(({ source }) => ids.has(source.id));
    return ready.map(({ source }) => {
      const last = this.#history.lastOf(source.id);
      const at = last === null ? null : Date.parse(last.part.finished_at ?? last.scrape.started_at);
      return { id: source.id, intervalS: this.#roster.intervalS(source), lastRunAt: at };
    });
  }
}
