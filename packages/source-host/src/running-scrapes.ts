import type { Scrape, ScrapedSource } from "@argus/core";

import type { HostLimits } from "./limits.ts";
import { scrapeBusy, scrapeRunning } from "./errors.ts";
import type { ScrapeRun } from "./scrape-run.ts";

/** Whether somebody asked for a scrape, or its time had come. */
export type StartedBy = "person" | "schedule";

type RunningScrape = {
  run: ScrapeRun;
  startedBy: StartedBy;
  ended: Promise<Scrape | null>;
  /** Whether it is saved, and so worth telling of. */
  isSaved: boolean;
};

type Places = Pick<HostLimits, "maxScrapes" | "maxScheduled">;

/** The scrapes that run just now, a bounded number of them; no source has an unfinished part in two. */
export class RunningScrapes {
  readonly #places: Places;
  /** By id, the oldest first. */
  readonly #running = new Map<string, RunningScrape>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** Whether there is no room for another scrape that is started so. */
  isFullFor(startedBy: StartedBy): boolean {
    return this.#freePlaces(startedBy) <= 0;
  }

  ids(): string[] {
    return [...this.#running.keys()];
  }

  /** The unfinished part of a source; null when it is not run. */
  partOf(sourceId: string): ScrapedSource | null {
    return this.#unfinished(sourceId)?.part ?? null;
  }

  /** @throws ArgusError ARGUS_SCRAPE_RUNNING when one of these is run, ARGUS_SCRAPE_BUSY when there is no room. */
  admit(sourceIds: readonly string[], startedBy: StartedBy): void {
    this.refuseRunning(sourceIds);
    if (this.isFullFor(startedBy)) throw scrapeBusy(this.#running.size);
  }

  /** @throws ArgusError ARGUS_SCRAPE_RUNNING when one of these is run. */
  refuseRunning(sourceIds: readonly string[]): void {
    const claims = sourceIds.flatMap((id) => {
      const found = this.#unfinished(id);
      return found === null ? [] : [{ sourceId: id, scrapeId: found.scrapeId }];
    });
    if (claims.length > 0) throw scrapeRunning(claims);
  }

  /** `ended` settles when it has ended, with null when it never ran. */
  add(run: ScrapeRun, startedBy: StartedBy, ended: Promise<Scrape | null>): void {
    this.#running.set(run.id, { run, startedBy, ended, isSaved: false });
  }

  /** From now on it is told of. */
  saved(scrapeId: string): void {
    const scrape = this.#running.get(scrapeId);
    if (scrape !== undefined) scrape.isSaved = true;
  }

  remove(scrapeId: string): void {
    this.#running.delete(scrapeId);
  }

  /**
   * All that runs, as one scrape: each source with its newest part, under the id and the start of the newest that a
   * person has started, or of the newest when none has. Null when nothing runs.
   */
  joined(): Scrape | null {
    const all = [...this.#running.values()].filter(({ isSaved }) => isSaved);
    const shown = newestOf(all)?.run.snapshot() ?? null;
    if (shown === null || all.length === 1) return shown;
    const parts = new Map<string, ScrapedSource>();
    for (const { run } of all) for (const part of run.snapshot().sources) parts.set(part.source_id, part);
    return { ...shown, state: "running", sources: [...parts.values()], finished_at: null };
  }

  /** Cancels all and waits for their ends; answers the end of the one that `joined` named. */
  async cancel(): Promise<Scrape | null> {
    const all = [...this.#running.values()];
    const shown = newestOf(all);
    for (const { run } of all) run.cancel();
    const ends = await Promise.all(all.map(({ ended }) => ended));
    return (await shown?.ended) ?? ends.find((scrape) => scrape !== null) ?? null;
  }

  /**
   * Cancels one source and waits for its end, while the rest of its scrape goes on; answers that scrape, or null when the
   * source is not run.
   */
  async cancelSource(sourceId: string): Promise<Scrape | null> {
    const scrapeId = this.#unfinished(sourceId)?.scrapeId ?? "";
    const running = this.#running.get(scrapeId);
    if (running === undefined) return null;
    const { run, ended } = running;
    // A scrape that could not be saved never runs.
    const never = ended.then((scrape) => scrape === null);
    return (await Promise.race([run.cancelSource(sourceId).then(() => false), never])) ? null : run.snapshot();
  }

  #freePlaces(startedBy: StartedBy): number {
    const { maxScrapes, maxScheduled } = this.#places;
    const all = [...this.#running.values()];
    const free = maxScrapes - all.length;
    if (startedBy === "person") return free;
    return Math.min(free, maxScheduled - all.filter((one) => one.startedBy === "schedule").length);
  }

  #unfinished(sourceId: string): { scrapeId: string; part: ScrapedSource } | null {
    for (const { run } of this.#running.values()) {
      const part = run.part(sourceId);
      if (part?.finished_at === null) return { scrapeId: run.id, part };
    }
    return null;
  }
}

/** The one that a person would look at. */
function newestOf(all: readonly RunningScrape[]): RunningScrape | undefined {
  return all.findLast(({ startedBy }) => startedBy === "person") ?? all.at(-1);
}
