import { type Clock, isoNow, type Scrape, type ScrapedSource } from "@argus/core";

import type { HostStore } from "./host-store.ts";

const REMEMBERED_SCRAPES = 200;
/** What is said of a source whose run the end of the server cut short. */
export const INTERRUPTED: string = "the server stopped while this scrape was running";

/** A source's part of the scrape it was last in. */
export type LastPart = { scrape: Scrape; part: ScrapedSource };

/** What the scrapes before came to; kept in memory, read from the store once. */
export class ScrapeHistory {
  readonly #parts = new Map<string, LastPart>();
  readonly #ended: (part: ScrapedSource) => void;
  #last: Scrape | null = null;

  /** `ended` is told of each part of each scrape, the oldest first. */
  constructor(ended: (part: ScrapedSource) => void = () => undefined) {
    this.#ended = ended;
  }

  /** The newest scrape that has ended. */
  get last(): Scrape | null {
    return this.#last;
  }

  lastOf(sourceId: string): LastPart | null {
    return this.#parts.get(sourceId) ?? null;
  }

  /** Takes note of a scrape that has ended; one older than what is known already changes nothing. */
  remember(scrape: Scrape): void {
    if (!isOlder(scrape, this.#last)) this.#last = scrape;
    for (const part of scrape.sources) {
      const known = this.lastOf(part.source_id);
      if (isOlder(scrape, known?.scrape ?? null) || known?.scrape.id === scrape.id) continue;
      this.#parts.set(part.source_id, { scrape, part });
      this.#ended(part);
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

function isOlder(scrape: Scrape, known: Scrape | null): boolean {
  return known !== null && scrape.started_at < known.started_at;
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
