import { z } from "zod";

import { SourceId } from "./ids.ts";
import { IsoTime } from "./time.ts";

/**
 * `pending` waits for its turn; `complete` listed everything, so what it did not list is gone; `partial` ended by
 * itself but said that some of the origin could not be read; `failed` and `cancelled` were cut short. Only `complete`
 * marks cameras gone.
 */
export const ScrapeState = z.enum(["pending", "running", "complete", "partial", "failed", "cancelled"]);
export type ScrapeState = z.infer<typeof ScrapeState>;

/** A camera that was turned away, and why. */
export const RejectedCamera = z.object({ raw_id: z.string(), reason: z.string() });
export type RejectedCamera = z.infer<typeof RejectedCamera>;

/** One source's part of a scrape. All counts are of cameras. */
export const ScrapedSource = z.object({
  source_id: SourceId,
  state: ScrapeState,
  /** What it does now, or why it ended as it did. */
  message: z.string().nullable(),
  /** Steps the source says it has done and has in all (pages, districts, …); null while it has not said. */
  steps_done: z.int().nonnegative().nullable(),
  steps_total: z.int().nonnegative().nullable(),
  /** Emitted and valid. */
  found: z.int().nonnegative(),
  new: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  gone: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  /** The first few of the rejected. */
  rejections: z.array(RejectedCamera),
  started_at: IsoTime.nullable(),
  finished_at: IsoTime.nullable(),
});
export type ScrapedSource = z.infer<typeof ScrapedSource>;

/** One run of one or more sources. */
export const Scrape = z.object({
  id: z.string(),
  /** `running` until the last source has ended; then the worst of its sources' states. */
  state: ScrapeState,
  sources: z.array(ScrapedSource),
  started_at: IsoTime,
  finished_at: IsoTime.nullable(),
});
export type Scrape = z.infer<typeof Scrape>;
