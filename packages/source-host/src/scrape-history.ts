import { type Clock, isoNow, type Scrape, type ScrapedSource, type SourceInfo } from "@argus/core";

import type { HostStore } from "./host-store.ts";

const REMEMBERED_SCRAPES = 200;
const INTERRUPTED = "the server stopped while this scrape was running";

/** A source's part of the scrape it was last in. */
export type LastPart = { info: NonNullable<SourceInfo["last_scrape"]>; part: ScrapedSource };

/** What the scrapes before came to; kept in memory, read from the store once. */
export class ScrapeHistory {
  readonly #parts = new Map<string, LastPart>();
  #last: Scrape | null = null;

  /** The newest scrape that has ended. */
  get last(): Scrape | null {
    return this.#last;
  }

  lastOf(sourceId: string): LastPart | null {
    return this.#parts.get(sourceId) ?? null;
  }

  remember(scrape: Scrape): void {
    this.#last = scrape;
    for (const part of scrape.sources) {
      this.#parts.set(part.source_id, {
        info: { id: scrape.id, state: part.state, finished_at: part.finished_at },
        part,
      });
    }
  }

  /** Reads the stored scrapes; those that nobody runs any more are saved as failed. Answers how many those were. */
  async recover(store: HostStore, clock: Clock, runningId: string | null): Promise<number> {
    const newestFirst = (await store.scrapes(REMEMBERED_SCRAPES)).filter(({ id }) => id !== runningId);
    let interrupted = 0;
    for (const stored of newestFirst.toReversed()) {
      const scrape = isEnded(stored) ? stored : endInterrupted(stored, isoNow(clock));
      if (scrape !== stored) {
        await store.saveScrape(scrape);
        interrupted += 1;
      }
      this.remember(scrape);
    }
    return interrupted;
  }
}

function isEnded({ state }: { state: string }): boolean {
  return state !== "running" && state !== "pending";
}

function endInterrupted(scrape: Scrape, time: string): Scrape {
  const sources = scrape.sources.map((source) =>
    isEnded(source) ? source : { ...source, state: "failed" as const, message: INTERRUPTED, finished_at: time },
  );
  return { ...scrape, state: "failed", sources, finished_at: time };
}
