import type { ListedCamera, Scrape } from "@argus/core";

/** What the host needs of a store. */
export type HostStore = {
  /** Writes all of them or none. */
  upsert(cameras: readonly ListedCamera[]): Promise<{ new: number; changed: number; unchanged: number }>;
  /** Marks the source's cameras that are not among `listed` (full ids) as gone; answers how many those were. */
  markGone(sourceId: string, listed: ReadonlySet<string>): Promise<number>;
  /** Cameras that are not gone, by source. */
  countBySource(): ReadonlyMap<string, number>;
  /** Inserts, or replaces by id. */
  saveScrape(scrape: Scrape): Promise<void>;
  /** When a scrape was last saved, ISO 8601; null for one that is not known. */
  savedAt(scrapeId: string): Promise<string | null>;
  /** Newest first. */
  scrapes(limit: number): Promise<Scrape[]>;
};
