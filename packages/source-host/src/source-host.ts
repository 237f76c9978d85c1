import {
  ListedCamera,
  type Scrape,
  silentLog,
  type SourceChange,
  type SourceDetails,
  type SourceInfo,
} from "@argus/core";
import type { OriginHandler, ResolvedUrls } from "@argus/source-sdk";

import { describeFault } from "./bounded-text.ts";
import { hostClosed, resolvesNot, scrapeEmpty } from "./errors.ts";
import { HttpCaches } from "./http-caches.ts";
import type { InstalledSource } from "./installed-source.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { Origins } from "./origins.ts";
import { DEFAULT_BOUNDS } from "./process/bounds.ts";
import { RunningScrapes, type StartedBy } from "./running-scrapes.ts";
import { Resolver } from "./resolver.ts";
import { Roster } from "./roster.ts";
import type { RunSettings } from "./run-settings.ts";
import { type ScrapeEvent, ScrapeFeed } from "./scrape-feed.ts";
import { ScrapeHistory } from "./scrape-history.ts";
import { type ScrapeListener, ScrapeRun } from "./scrape-run.ts";
import { SourceCare } from "./source-care.ts";
import { sourceDetails } from "./source-details.ts";
import type { SourceHostOptions } from "./source-host-options.ts";
import { sourceInfo } from "./source-list.ts";
import { UserSettings } from "./user-settings.ts";
import { userSettingsInMemory } from "./user-settings-store.ts";

/** Runs sources: several scrapes at once, all sources of each, none of them twice or able to spoil another's part. */
export class SourceHost implements AsyncDisposable {
  readonly #options: SourceHostOptions;
  readonly #settings: RunSettings;
  readonly #roster: Roster;
  readonly #feed: ScrapeFeed;
  readonly #history: ScrapeHistory;
  readonly #care: SourceCare;
  readonly #origins: Origins;
  readonly #resolver: Resolver;
  readonly #user: UserSettings;
  readonly #closing = new AbortController();
  readonly #running: RunningScrapes;
  readonly #listener: ScrapeListener;
  #closed = false;

  constructor(options: SourceHostOptions) {
    const { log = silentLog, clock = Date.now, random = Math.random } = options;
    this.#options = options;
    this.#care = new SourceCare({
      clock,
      log,
      random,
      isRunning: (id) => this.#running.partOf(id) !== null,
      isFull: () => this.#running.isFull || this.#closed,
      catchUp: () => this.#catchUp(),
      start: (ids) => this.#begin(ids, "schedule"),
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
      caches: new HttpCaches(),
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
    this.#user = new UserSettings({
      store: options.userSettings ?? userSettingsInMemory(clock),
      roster: this.#roster,
      care: this.#care,
      clock,
      log,
      changed: (id) => this.#optionsChanged(id),
    });
    this.#running = new RunningScrapes(this.#settings.limits.maxScrapes);
    this.#feed = new ScrapeFeed(this.#settings.limits.eventMs, () => this.#running.joined());
    this.#listener = {
      changed: () => this.#feed.changed(),
      partEnded: (run, part) => this.#history.rememberPart({ id: run.id, started_at: run.startedAt }, part),
    };
    this.#origins = new Origins(() => this.#roster.ready(), this.#settings.log);
  }

  /** Every installed source, broken ones too. */
  list(): SourceInfo[] {
    const counts = this.#options.store.countBySource();
    return this.#roster.entries().map(([id, installed]) => this.#infoOf(id, installed, counts.get(id) ?? 0));
  }

  /**
   * What is wrong with the configured options, once the sources have been asked: those of sources that are not
   * installed, keys that are unknown and values that do not fit. An app may refuse to start with them; the host itself
   * runs without the sources in question.
   */
  async settingsProblems(): Promise<string[]> {
    return await this.#roster.problems();
  }

  /** Everything that can be said of a source; secrets by name only. @throws ArgusError ARGUS_SOURCE_UNKNOWN. */
  details(sourceId: string): SourceDetails {
    const installed = this.#roster.get(sourceId);
    const { source } = installed;
    return sourceDetails({
      info: this.#infoOf(sourceId, installed, this.#options.store.countBySource().get(sourceId) ?? 0),
      source,
      stand: this.#care.standOf(sourceId),
      intervalS: source === null ? null : this.#roster.intervalS(source),
      user: this.#user.of(sourceId),
      fixed: this.#roster.fixed(sourceId),
    });
  }

  /**
   * Puts in force what users have set before, and what they set through other servers meanwhile. Call it once at the start,
   * and whenever somebody is about to look. Never rejects: what cannot be read just now stays as it was known.
   */
  async takeIn(): Promise<void> {
    await this.#user.takeIn();
  }

  /**
   * Changes what is set about a source, all of it or, on an error, nothing. The source's own schema is asked about its
   * options first. A run under way keeps what it was started with.
   * @throws ArgusError ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_BROKEN, ARGUS_SOURCE_OPTION_FIXED, ARGUS_SOURCE_OPTIONS_INVALID,
   *   ARGUS_SOURCE_NO_NOTICE, ARGUS_SOURCE_NOT_READY when it is to be enabled and cannot be run, ARGUS_SOURCE_HOST_CLOSED;
   *   the store's error when it cannot keep it.
   */
  async change(sourceId: string, change: SourceChange): Promise<SourceDetails> {
    if (this.#closed) throw hostClosed();
    await this.#user.change(sourceId, change);
    return this.details(sourceId);
  }

  /**
   * From now on runs sources by themselves, each after its interval (the source's own, or `interval_s` among its options),
   * later after a failure, whatever else runs: these and no others, or those that are enabled when none are named. Those
   * that are not ready are passed over; while as many scrapes run as may, all wait.
   */
  keepFresh(sourceIds?: Iterable<string>): void {
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
    this.#running.refuseRunning([sourceId]);
    return await this.#care.held.confirm(sourceId, this.#options.store);
  }

  /**
   * Where a camera's pictures are just now, of a source that resolves its cameras; kept for as long as the source says, and
   * asked anew when the origin has `refused` an address of the last answer.
   * @throws ArgusError ARGUS_SOURCE_UNKNOWN, _BROKEN, _UNCONFIGURED, _RESOLVES_NOT, _RESOLVE_BUSY, _RESOLVE_LATE,
   *   _RESOLVED_BADLY, ARGUS_SOURCE_HOST_CLOSED, or what the source failed of; the signal's reason when aborted.
   */
  async resolve(
    sourceId: string,
    camera: ListedCamera,
    signal: AbortSignal,
    { refused }: { refused?: string | undefined } = {},
  ): Promise<ResolvedUrls> {
    if (this.#closed) throw hostClosed();
    if (this.#roster.isAsking([sourceId])) await this.#roster.asked([sourceId]);
    const [ready] = this.#roster.choose([sourceId]);
    if (ready === undefined || !ready.source.canResolve) throw resolvesNot(sourceId);
    // Only the fields of a listing, whatever else the registry knows.
    return await this.#resolver.resolve(ready, ListedCamera.parse(camera), { signal, refused });
  }

  /** Whether a source is installed that says where its cameras' pictures are when somebody looks; see `resolve`. */
  canResolve(sourceId: string): boolean {
    return this.#roster.find(sourceId)?.source?.canResolve ?? false;
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
    const interrupted = await this.#history.recover(this.#options.store, this.#settings.clock, () =>
      this.#running.ids(),
    );
    if (this.#running.ids().length === 0 && this.#history.last !== null) this.#feed.end(this.#history.last);
    return interrupted;
  }

  /**
   * Starts a scrape of these sources, beside those that run; settles as soon as it runs.
   * @throws ArgusError ARGUS_SCRAPE_RUNNING while one of these sources is scraped, ARGUS_SCRAPE_BUSY while as many scrapes
   *   run as may, ARGUS_SCRAPE_EMPTY, ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_BROKEN, ARGUS_SOURCE_UNCONFIGURED,
   *   ARGUS_SOURCE_HOST_CLOSED; the store's error when it cannot save the scrape.
   */
  async start(sourceIds: readonly string[]): Promise<Scrape> {
    return await this.#begin([...new Set(sourceIds)], "person");
  }

  /**
   * What runs, as it stands. Several scrapes are shown as one: each source with its newest part, under the id and the start
   * of the newest that was started with `start`, or of the newest when none was.
   */
  current(): Scrape | null {
    return this.#running.joined();
  }

  /** The scrape that ended last. */
  last(): Scrape | null {
    return this.#history.last;
  }

  /**
   * Stops all that runs and waits until it has ended; what was stored stays. Answers the end of the scrape that `current`
   * named, or null when none runs.
   */
  async cancel(): Promise<Scrape | null> {
    return await this.#running.cancel();
  }

  /**
   * Snapshots of what runs, as `current` has it, at most five a second, and the end of each scrape under its own id; first
   * how things stand, or what came after the event whose id is `after`. Ends when `signal` is aborted or the host is closed.
   */
  subscribe(options: { after?: string | undefined; signal: AbortSignal }): AsyncIterable<ScrapeEvent> {
    return this.#feed.subscribe(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#care[Symbol.dispose]();
    this.#closing.abort(hostClosed());
    await Promise.all([this.cancel(), this.#resolver[Symbol.asyncDispose]()]);
    this.#settings.caches.clear();
    this.#feed.close();
    await this.#origins[Symbol.asyncDispose]();
  }

  async #begin(ids: readonly string[], startedBy: StartedBy): Promise<Scrape> {
    if (this.#closed) throw hostClosed();
    // Only when it must: what starts at once also keeps its sources from being started again.
    if (this.#roster.isAsking(ids)) {
      await this.#roster.asked(ids);
      if (this.#closed) throw hostClosed();
    }
    if (ids.length === 0) throw scrapeEmpty();
    const sources = this.#roster.choose(ids);
    this.#running.admit(ids);
    const run = new ScrapeRun(sources, this.#settings, this.#listener);
    const saved = this.#options.store.saveScrape(run.snapshot());
    this.#running.add(run, startedBy, this.#runToEnd(run, saved));
    await saved;
    return run.snapshot();
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

  #optionsChanged(sourceId: string): void {
    this.#resolver.drop(sourceId);
    if (this.#roster.get(sourceId).source?.openOrigin !== undefined) this.#origins.reopen();
  }

  async #catchUp(): Promise<void> {
    try {
      await this.#history.catchUp(this.#options.store, () => this.#running.ids());
    } catch (error) {
      this.#settings.log.debug("what other servers have run cannot be read just now", { reason: describeFault(error) });
    }
  }

  #infoOf(id: string, installed: InstalledSource, cameraCount: number): SourceInfo {
    return sourceInfo({
      installed,
      setup: this.#roster.setUp(installed),
      running: this.#running.partOf(id),
      last: this.#history.lastOf(id),
      cameraCount,
      held: this.#care.heldOf(id),
      confirmed: this.#care.held.confirmed(id),
      paused: this.#care.pauseOf(id),
      isEnabled: this.#care.isFresh(id),
      nextRunAt: this.#care.standOf(id).next_run_at,
    });
  }

  #runnable(ids: ReadonlySet<string>): { id: string; intervalS: number; lastRunAt: number | null }[] {
    const ready = this.#roster.ready().filter(({ source }) => ids.has(source.id));
    return ready.map(({ source }) => ({
      id: source.id,
      intervalS: this.#roster.intervalS(source),
      lastRunAt: this.#history.lastRunAt(source.id),
    }));
  }
}
