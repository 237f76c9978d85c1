import { randomBytes } from "node:crypto";

import { type Clock, isoNow, type Scrape, type ScrapedSource } from "@argus/core";

import { scrapeCancelled } from "./errors.ts";
import { ScrapeSaver } from "./scrape-saver.ts";
import { SourceProgress } from "./source-progress.ts";
import type { ReadySource, RunSettings } from "./run-settings.ts";
import { SourceRun } from "./source-run.ts";
import { worstOf } from "./verdict.ts";

const RANDOM_ID_BYTES = 4;

/** A scrape's id: when it started and something random, like `20261121T083000123Z-9f3c01ab`. Sorts by time. */
function newScrapeId(clock: Clock): string {
  return `${isoNow(clock).replaceAll(/[-:.]/gu, "")}-${randomBytes(RANDOM_ID_BYTES).toString("hex")}`;
}

/** Who is told how a scrape goes on; neither call may throw. */
export type ScrapeListener = {
  /** Something about it changed. */
  changed: () => void;
  /** One source's part has ended; the others may go on for long. */
  partEnded: (run: ScrapeRun, part: ScrapedSource) => void;
};

type Part = {
  progress: SourceProgress;
  run: SourceRun;
  cancelling: AbortController;
  /** Settles once it has ended. */
  over: PromiseWithResolvers<void>;
};

/** One run of one or more sources, all at once. */
export class ScrapeRun {
  readonly id: string;
  readonly startedAt: string;
  readonly #settings: RunSettings;
  readonly #parts: readonly Part[];
  readonly #saver: ScrapeSaver;
  readonly #listener: ScrapeListener;
  #finishedAt: string | null = null;

  constructor(sources: readonly ReadySource[], settings: RunSettings, listener: ScrapeListener) {
    this.id = newScrapeId(settings.clock);
    this.startedAt = isoNow(settings.clock);
    this.#listener = listener;
    this.#settings = settings;
    this.#saver = new ScrapeSaver({
      store: settings.store,
      snapshot: () => this.snapshot(),
      ...settings.limits,
      log: settings.log,
    });
    const changed = (): void => {
      this.#saver.changed();
      listener.changed();
    };
    this.#parts = sources.map((ready) => {
      const progress = new SourceProgress(ready.source.id, changed);
      return {
        progress,
        run: new SourceRun(ready, progress, settings),
        cancelling: new AbortController(),
        over: Promise.withResolvers<void>(),
      };
    });
  }

  snapshot(): Scrape {
    const sources = this.#parts.map(({ progress }) => progress.snapshot());
    const state = this.#finishedAt === null ? "running" : worstOf(sources.map((source) => source.state));
    return { id: this.id, state, sources, started_at: this.startedAt, finished_at: this.#finishedAt };
  }

  /** What one source of it does now; null when it has no part in it. */
  part(sourceId: string): ScrapedSource | null {
    return this.#part(sourceId)?.progress.snapshot() ?? null;
  }

  /** Runs all sources to their ends and saves the outcome; never throws. */
  async run(): Promise<Scrape> {
    this.#saver.begin();
    await Promise.all(this.#largestFirst().map((part) => this.#runPart(part)));
    this.#finishedAt = isoNow(this.#settings.clock);
    await this.#saver.finish();
    return this.snapshot();
  }

  cancel(): void {
    for (const { cancelling } of this.#parts) cancelling.abort(scrapeCancelled());
  }

  /** Cancels one source of it, and settles once that has ended; it does not while the scrape is not run. */
  async cancelSource(sourceId: string): Promise<void> {
    const part = this.#part(sourceId);
    part?.cancelling.abort(scrapeCancelled());
    await part?.over.promise;
  }

  /** By what is known of them: what takes longest is not left to the end, when fewer run. */
  #largestFirst(): Part[] {
    const counts = this.#settings.store.countBySource();
    const sizeOf = ({ progress }: Part): number => counts.get(progress.sourceId) ?? 0;
    return this.#parts.toSorted((one, other) => sizeOf(other) - sizeOf(one));
  }

  #part(sourceId: string): Part | undefined {
    return this.#parts.find(({ progress }) => progress.sourceId === sourceId);
  }

  async #runPart({ progress, run, cancelling, over }: Part): Promise<void> {
    await run.run(cancelling.signal);
    const part = progress.snapshot();
    this.#listener.partEnded(this, part);
    over.resolve();
    const { source_id: source, state, message, found, gone, rejected } = part;
    const level = state === "failed" ? "warn" : "info";
    this.#settings.log[level](`scrape ended: ${message ?? state}`, {
      scrape: this.id,
      source,
      state,
      found,
      gone,
      rejected,
    });
  }
}
