import type { Scrape, ScrapedSource, SourceInfo } from "@argus/core";

/** Whether the source's part has ended without listing everything it should have. */
const ENDED_BADLY: ReadonlySet<string> = new Set(["failed", "partial"]);
const UNDER_WAY: ReadonlySet<string> = new Set(["pending", "running"]);

export function isRunning(part: Pick<Scrape, "state">): boolean {
  return UNDER_WAY.has(part.state);
}

/** The part of a source; null when it has none. */
export function partOf(scrape: Pick<Scrape, "sources"> | null, sourceId: string): ScrapedSource | null {
  return scrape?.sources.find(({ source_id }) => source_id === sourceId) ?? null;
}

/** The part of a source while it is not over, or what is known of the source is older. */
export function newsOf(
  { id, last_scrape }: Pick<SourceInfo, "id" | "last_scrape">,
  scrape: Pick<Scrape, "sources"> | null,
): ScrapedSource | null {
  const part = partOf(scrape, id);
  if (part === null || isRunning(part)) return part;
  const known = last_scrape?.finished_at ?? null;
  return known === null || (part.finished_at ?? "") > known ? part : null;
}

/** Whether a source is being scraped. */
export function isScraped(scrape: Pick<Scrape, "sources"> | null, sourceId: string): boolean {
  const part = partOf(scrape, sourceId);
  return part !== null && isRunning(part);
}

/** What runs with a scrape that was started beside it. */
export function withStarted(running: Scrape | null, started: Scrape): Scrape {
  const others = running?.sources.filter(({ source_id }) => partOf(started, source_id) === null) ?? [];
  return { ...started, sources: [...others, ...started.sources] };
}

/** What runs on when one of several scrapes has ended; null when nothing does. */
export function withoutEnded(running: Scrape | null, ended: Scrape): Scrape | null {
  if (running === null) return null;
  const sources = running.sources.filter((part) => {
    const end = partOf(ended, part.source_id);
    // A source may have been started anew, in another scrape than the one that has ended.
    return end === null || isNewer(part, end);
  });
  return sources.some((part) => isRunning(part)) ? { ...running, sources } : null;
}

function isNewer({ started_at: at }: ScrapedSource, { started_at: before }: ScrapedSource): boolean {
  return at !== null && before !== null && at > before;
}

/** How far a source is, 0 to 1; null while it runs and has not said. */
export function shareOf({
  state,
  steps_done,
  steps_total,
}: Pick<ScrapedSource, "state" | "steps_done" | "steps_total">): number | null {
  if (state === "pending") return 0;
  if (state !== "running") return 1;
  return steps_total === null || steps_total === 0 ? null : Math.min(1, (steps_done ?? 0) / steps_total);
}

/** How far a scrape is, its sources counting alike; null while none of them has said. */
export function shareOfAll(scrape: Scrape): number | null {
  const shares = scrape.sources.map((source) => shareOf(source));
  if (shares.every((share) => share === null)) return null;
  return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) / shares.length;
}

/** Cameras a scrape has put into the store so far. */
export function storedBy(scrape: Scrape): number {
  return scrape.sources.reduce((sum, source) => sum + storedOf(source), 0);
}

/** Whether a source has put more cameras into the store than it had `before`. */
export function hasStoredMore(scrape: Scrape, before: Scrape | null): boolean {
  return scrape.sources.some((part) => {
    const known = partOf(before, part.source_id);
    return storedOf(part) > (known === null || isNewer(part, known) ? 0 : storedOf(known));
  });
}

function storedOf(source: ScrapedSource): number {
  return source.new + source.changed + source.unchanged;
}

export function foundBy(scrape: Scrape): number {
  return scrape.sources.reduce((sum, source) => sum + source.found, 0);
}

/** The sources whose part failed, or lacks some of the origin. */
export function failuresOf(scrape: Scrape): ScrapedSource[] {
  return scrape.sources.filter(({ state }) => ENDED_BADLY.has(state));
}
