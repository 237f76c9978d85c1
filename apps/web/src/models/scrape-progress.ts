import type { Scrape, ScrapedSource } from "@argus/core";

/** Whether the source's part has ended without listing everything it should have. */
const ENDED_BADLY: ReadonlySet<string> = new Set(["failed", "partial"]);
const UNDER_WAY: ReadonlySet<string> = new Set(["pending", "running"]);

export function isRunning(part: Pick<Scrape, "state">): boolean {
  return UNDER_WAY.has(part.state);
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
  return scrape.sources.reduce((sum, source) => sum + source.new + source.changed + source.unchanged, 0);
}

export function foundBy(scrape: Scrape): number {
  return scrape.sources.reduce((sum, source) => sum + source.found, 0);
}

/** The sources whose part failed, or lacks some of the origin. */
export function failuresOf(scrape: Scrape): ScrapedSource[] {
  return scrape.sources.filter(({ state }) => ENDED_BADLY.has(state));
}
