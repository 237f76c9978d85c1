import { type Clock, isoNow, type Scrape, type ScrapedSource } from "@argus/core";

import type { HostStore } from "./host-store.ts";

const REMEMBERED_SCRAPES = 200;
/** What is said of a source whose run the end of the server cut short. */
export const INTERRUPTED: string = "the server stopped while this scrape was running";

/** A source's part of the scrape it was last in, which may go on with others. */
export type LastPart = { scrape: Pick<Scrape, "id" | "started_at">; part: ScrapedSource };

export type RecoverParts = {
  store: HostStore;
  clock: Clock;
  runningIds: () => readonly string[];
  /** Whether another server runs this scrape, which has not ended. */
  isAlive: (scrapeId: string) => Promise<boolean>;
};

/** What the scrapes before came to; kept in memory, read from the store once. */
export class ScrapeHistory {
  readonly #parts = new Map<string, LastPart>();
  readonly #ended: (part: ScrapedSource) => void;
  /** When other servers have started runs of sources that have not ended yet. */
  readonly #elsewhere = new Map<string, string>();
  #last: Scrape | null = null;

  /** `ended` is told of each part of each scrape once, the oldest first. */
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

  /** When a source was last run, here or by another server, milliseconds since 1970; null for never. */
  lastRunAt(sourceId: string): number | null {
    const last = this.lastOf(sourceId);
    const times = [last?.part.finished_at ?? last?.scrape.started_at, this.#elsewhere.get(sourceId)];
    const known = times.flatMap((time) => (time === undefined ? [] : Date.parse(time)));
    return known.length === 0 ? null : Math.max(...known);
  }

  /** Reads what other servers on the same store have run, and run just now. */
  async catchUp(store: HostStore, runningIds: () => readonly string[]): Promise<void> {
    const newestFirst = await scrapesOfOthers(store, runningIds);
    this.#elsewhere.clear();
    for (const scrape of newestFirst.toReversed()) {
      if (isEnded(scrape)) this.remember(scrape);
      else
        for (const part of scrape.sources) this.#elsewhere.set(part.source_id, part.finished_at ?? scrape.started_at);
    }
  }

  /** Takes note of a part that has just ended, of a scrape that may go on. */
  rememberPart({ id, started_at }: LastPart["scrape"], part: ScrapedSource): void {
    this.#parts.set(part.source_id, { scrape: { id, started_at }, part });
    this.#ended(part);
  }

  /** Takes note of a scrape that has ended; what is older than what is known already changes nothing. */
  remember(scrape: Scrape): void {
    if (this.#last === null || !isLater([this.#last, this.#last], [scrape, scrape])) this.#last = scrape;
    for (const part of scrape.sources)
      if (isNews({ scrape, part }, this.lastOf(part.source_id))) this.rememberPart(scrape, part);
  }

  /** Reads the stored scrapes; those that nobody runs any more are saved as failed. Answers how many those were. */
  async recover({ store, clock, runningIds, isAlive }: RecoverParts): Promise<number> {
    const newestFirst = await scrapesOfOthers(store, runningIds);
    let interrupted = 0;
    for (const stored of newestFirst.toReversed()) {
      if (!isEnded(stored) && (await isAlive(stored.id))) continue;
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

/** The stored scrapes, the newest first, without those that this process runs, before or after they were read. */
async function scrapesOfOthers(store: HostStore, runningIds: () => readonly string[]): Promise<Scrape[]> {
  const before = runningIds();
  const stored = await store.scrapes(REMEMBERED_SCRAPES);
  const ours = new Set([...before, ...runningIds()]);
  return stored.filter(({ id }) => !ours.has(id));
}

/** What ended, and the scrape it was part of. */
type EndedIn = [ended: { finished_at: string | null }, scrape: Pick<Scrape, "started_at">];

/** Whether a part ended after the one that is known. */
function isNews({ scrape, part }: LastPart, known: LastPart | null): boolean {
  if (known === null) return true;
  return known.scrape.id !== scrape.id && isLater([part, scrape], [known.part, known.scrape]);
}

/** Whether the first ended after the second; of two at once, the one of the newer scrape did. */
function isLater([ended, scrape]: EndedIn, [otherEnded, other]: EndedIn): boolean {
  const [end, otherEnd] = [ended.finished_at ?? scrape.started_at, otherEnded.finished_at ?? other.started_at];
  return end > otherEnd || (end === otherEnd && scrape.started_at > other.started_at);
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
