import { type Clock, type Log, type Scrape, silentLog, type SourceInfo } from "@argus/core";
import type { OriginHandler } from "@argus/source-sdk";

import {
  hostClosed,
  scrapeEmpty,
  scrapeRunning,
  sourcesBroken,
  sourcesUnconfigured,
  sourcesUnknown,
} from "./errors.ts";
import type { HostStore } from "./host-store.ts";
import { idOf, type InstalledSource } from "./installed-source.ts";
import { DEFAULT_LIMITS, type HostLimits } from "./limits.ts";
import { Origins } from "./origins.ts";
import { type ScrapeEvent, ScrapeFeed } from "./scrape-feed.ts";
import { ScrapeHistory } from "./scrape-history.ts";
import { ScrapeRun } from "./scrape-run.ts";
import { sourceInfo } from "./source-list.ts";
import type { HttpOverrides, ReadySource, RunSettings } from "./source-run.ts";
import { setUpSource, type SourceSetup } from "./source-setup.ts";

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
};

/** Runs sources: one scrape at a time, all its sources at once, none of them able to spoil another's part. */
export class SourceHost implements AsyncDisposable {
  readonly #options: SourceHostOptions;
  readonly #settings: RunSettings;
  readonly #installed = new Map<string, InstalledSource>();
  readonly #feed: ScrapeFeed;
  readonly #history = new ScrapeHistory();
  readonly #origins: Origins;
  #running: { run: ScrapeRun; ended: Promise<Scrape | null> } | null = null;
  #closed = false;

  constructor(options: SourceHostOptions) {
    this.#options = options;
    this.#settings = {
      store: options.store,
      userAgent: options.userAgent,
      log: options.log ?? silentLog,
      clock: options.clock ?? Date.now,
      http: options.http ?? {},
      limits: { ...DEFAULT_LIMITS, ...options.limits },
    };
    for (const installed of options.installed) {
      if (!this.#installed.has(idOf(installed))) this.#installed.set(idOf(installed), installed);
    }
    this.#feed = new ScrapeFeed(this.#settings.limits.eventMs);
    this.#origins = new Origins(this.#ready([...this.#installed.values()]), this.#settings.log);
  }

  /** Every installed source, broken ones too. */
  list(): SourceInfo[] {
    const counts = this.#options.store.countBySource();
    return [...this.#installed].map(([id, installed]) =>
      sourceInfo({
        installed,
        setup: this.#setUp(installed),
        running: this.#running?.run.part(id) ?? null,
        last: this.#history.lastOf(id),
        cameraCount: counts.get(id) ?? 0,
      }),
    );
  }

  /**
   * What is wrong with the configured options: those of sources that are not installed, keys that are unknown and
   * values that do not fit. An app may refuse to start with them; the host itself runs without the sources in question.
   */
  settingsProblems(): string[] {
    return Object.keys(this.#options.options ?? {}).flatMap((id) => {
      const installed = this.#installed.get(id);
      if (installed === undefined) {
        return [`[sources.${id}] names no installed source; there are ${[...this.#installed.keys()].join(", ")}`];
      }
      return this.#setUp(installed)?.optionsProblem ?? [];
    });
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
    const sources = this.#choose([...new Set(sourceIds)]);
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
    await this.cancel();
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
    this.#history.remember(scrape);
    this.#running = null;
    this.#feed.end(scrape);
    return scrape;
  }

  #choose(ids: readonly string[]): ReadySource[] {
    if (ids.length === 0) throw scrapeEmpty();
    const unknown = ids.filter((id) => !this.#installed.has(id));
    if (unknown.length > 0) throw sourcesUnknown(unknown);
    const chosen = ids.flatMap((id) => this.#installed.get(id) ?? []);
    const broken = chosen.filter(({ source }) => source === null);
    if (broken.length > 0)
      throw sourcesBroken(new Map(broken.map((installed) => [idOf(installed), installed.error ?? "it did not load"])));
    const problems = chosen.flatMap((installed) => {
      const problem = this.#setUp(installed)?.problem ?? null;
      return problem === null ? [] : [[idOf(installed), problem] as const];
    });
    if (problems.length > 0) throw sourcesUnconfigured(new Map(problems));
    return this.#ready(chosen);
  }

  /** Those of them that can be run. Options are read anew each time: a source may change what it was handed. */
  #ready(installed: readonly InstalledSource[]): ReadySource[] {
    return installed.flatMap((each) => {
      const setup = this.#setUp(each);
      if (each.source === null || setup === null || setup.problem !== null || setup.options === null) return [];
      return [{ source: each.source, options: setup.options, env: setup.env }];
    });
  }

  #setUp({ source }: InstalledSource): SourceSetup | null {
    const configured = this.#options.options ?? {};
    if (source === null) return null;
    return setUpSource(
      source,
      Object.hasOwn(configured, source.id) ? configured[source.id] : undefined,
      this.#options.env,
    );
  }
}
