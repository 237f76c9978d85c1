import {
  ListedCamera,
  type Scrape,
  silentLog,
  type SourceChange,
  type SourceConfirmed,
  type SourceDetails,
  type SourceInfo,
} from "@argus/core";
import type { OriginHandler, ResolvedUrls } from "@argus/source-sdk";

import { describeFault } from "./bounded-text.ts";
import { hostClosed, resolvesNot } from "./errors.ts";
import { HeldListings } from "./held-listings.ts";
import { KeptSettings } from "./kept-settings.ts";
import { Origins } from "./origins.ts";
import { Resolver } from "./resolver.ts";
import { Roster } from "./roster.ts";
import type { RunSettings } from "./run-settings.ts";
import type { ScrapeEvent } from "./scrape-feed.ts";
import { Scrapes } from "./scrapes.ts";
import { SourceCare } from "./source-care.ts";
import { runSettings, type SourceHostOptions } from "./source-host-options.ts";
import { SourceStandings } from "./source-standings.ts";
import { UserSettings } from "./user-settings.ts";
import { userSettingsInMemory } from "./user-settings-store.ts";

/** Runs sources: several scrapes at once, all sources of each, none of them twice or able to spoil another's part. */
export class SourceHost implements AsyncDisposable {
  readonly #settings: RunSettings;
  readonly #roster: Roster;
  readonly #scrapes: Scrapes;
  readonly #care: SourceCare;
  readonly #standings: SourceStandings;
  readonly #origins: Origins;
  readonly #resolver: Resolver;
  readonly #user: UserSettings;
  readonly #closing = new AbortController();

  constructor(options: SourceHostOptions) {
    const { log = silentLog, clock = Date.now, random = Math.random } = options;
    const kept = new KeptSettings({
      store: options.userSettings ?? userSettingsInMemory(clock),
      changed: (settings, checked, before) => {
        held.changed(settings);
        this.#user.putInForce(settings, checked, before);
      },
    });
    const held = new HeldListings({ kept, clock, log });
    const settings = runSettings(options, { held, log, clock });
    const { signal } = this.#closing;
    const { installed, env, options: configured = {} } = options;
    const roster = new Roster({ installed, env, configured, bounds: settings.bounds, signal });
    const scrapes = new Scrapes({ settings, roster, partEnded: (part) => this.#care.ended(part) });
    const care = new SourceCare({
      clock,
      log,
      random,
      held,
      isRunning: (id) => scrapes.partOf(id) !== null,
      isFull: () => scrapes.isFullFor("schedule"),
      catchUp: () => scrapes.catchUp(),
      start: (ids) => scrapes.start(ids, "schedule"),
      runnable: (ids) => this.#standings.runnable(ids),
    });
    this.#settings = settings;
    this.#roster = roster;
    this.#scrapes = scrapes;
    this.#care = care;
    this.#standings = new SourceStandings({ settings, roster, kept, scrapes, care });
    this.#user = new UserSettings({ kept, roster, care, clock, log, changed: (id) => this.#optionsChanged(id) });
    this.#resolver = new Resolver(settings);
    this.#origins = new Origins(() => roster.ready(), log);
  }

  /** Every installed source, broken ones too. */
  list(): SourceInfo[] {
    return this.#standings.list();
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
    return this.#standings.details(sourceId);
  }

  /**
   * The addresses of a source's origin that somebody has set, in the app's settings or with `change`: they are asked
   * besides the hosts that it declares. @throws ArgusError ARGUS_SOURCE_UNKNOWN.
   */
  chosenAddresses(sourceId: string): URL[] {
    const { source } = this.#roster.get(sourceId);
    return source === null ? [] : this.#roster.chosen(source);
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
    this.#assertOpen();
    await this.#user.change(sourceId, change);
    return this.details(sourceId);
  }

  /**
   * From now on runs sources by themselves, each after its interval (the source's own, or `interval_s` among its options),
   * later after a failure, whatever else runs: these and no others, or those that are enabled when none are named. Those
   * that are not ready are passed over; while as many scrapes run as may, all wait.
   */
  keepFresh(sourceIds?: Iterable<string>): void {
    this.#assertOpen();
    this.#care.keepFresh(sourceIds);
  }

  /** Forgets a source's failures, so that it is tried as if it had never failed. @throws ARGUS_SOURCE_UNKNOWN. */
  reset(sourceId: string): void {
    this.#roster.get(sourceId);
    this.#care.reset(sourceId);
  }

  /**
   * Says that a held listing is right, and marks gone what it lacks. Where the list itself is no longer known (after a
   * restart or a later run, or on another server than the one that read it), the word is kept instead, for the next complete listing of at
   * least half as many cameras, and the source is run at once if it can be.
   * @throws ArgusError ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_NOTHING_HELD, ARGUS_SCRAPE_RUNNING while the source is run; the
   *   store's error when it cannot keep it.
   */
  async confirm(sourceId: string): Promise<SourceConfirmed> {
    this.#roster.get(sourceId);
    this.#scrapes.refuseRunning([sourceId]);
    const gone = await this.#settings.held.confirm(sourceId, this.#settings.store);
    return { gone, scrape: gone === null ? await this.#startAfterAll(sourceId) : null };
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
    this.#assertOpen();
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
   * is saved as failed. Call it once at the start. Answers how many those were. On a store that is shared with other
   * servers, those are known by what is not saved again within half a minute, and so they are ended later.
   */
  async recover({ isShared = false }: { isShared?: boolean } = {}): Promise<number> {
    return await this.#scrapes.recover({ isShared });
  }

  /**
   * Starts a scrape of these sources, beside those that run; settles as soon as it runs.
   * @throws ArgusError ARGUS_SCRAPE_RUNNING while one of these sources is scraped, ARGUS_SCRAPE_BUSY while as many scrapes
   *   run as may, ARGUS_SCRAPE_EMPTY, ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_BROKEN, ARGUS_SOURCE_UNCONFIGURED,
   *   ARGUS_SOURCE_HOST_CLOSED; the store's error when it cannot save the scrape.
   */
  async start(sourceIds: readonly string[]): Promise<Scrape> {
    return await this.#scrapes.start([...new Set(sourceIds)], "person");
  }

  /**
   * What runs, as it stands. Several scrapes are shown as one: each source with its newest part, under the id and the start
   * of the newest that was started with `start`, or of the newest when none was.
   */
  current(): Scrape | null {
    return this.#scrapes.current();
  }

  /** The scrape that ended last. */
  last(): Scrape | null {
    return this.#scrapes.last();
  }

  /**
   * Stops all that runs and waits until it has ended; what was stored stays. Answers the end of the scrape that `current`
   * named, or null when none runs. With `source` it stops that one alone, and answers the scrape that it is a part of, which
   * may go on with others; null when the source is not run.
   */
  async cancel({ source }: { source?: string | undefined } = {}): Promise<Scrape | null> {
    return await this.#scrapes.cancel(source);
  }

  /**
   * Snapshots of what runs, as `current` has it, at most five a second, and the end of each scrape under its own id; first
   * how things stand, or what came after the event whose id is `after`. Ends when `signal` is aborted or the host is closed.
   */
  subscribe(options: { after?: string | undefined; signal: AbortSignal }): AsyncIterable<ScrapeEvent> {
    return this.#scrapes.subscribe(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#care[Symbol.dispose]();
    this.#closing.abort(hostClosed());
    await Promise.all([this.#scrapes[Symbol.asyncDispose](), this.#resolver[Symbol.asyncDispose]()]);
    this.#settings.caches.clear();
    this.#scrapes.close();
    await this.#origins[Symbol.asyncDispose]();
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw hostClosed();
  }

  /** Null when it cannot be run just now: its next run will do. */
  async #startAfterAll(sourceId: string): Promise<Scrape | null> {
    try {
      return await this.start([sourceId]);
    } catch (error) {
      const reason = describeFault(error);
      this.#settings.log.info("a source that was confirmed is not run at once", { source: sourceId, reason });
      return null;
    }
  }

  #optionsChanged(sourceId: string): void {
    this.#resolver.drop(sourceId);
    if (this.#roster.get(sourceId).source?.openOrigin !== undefined) this.#origins.reopen();
  }
}
