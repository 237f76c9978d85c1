import { describeError, type Log, type Scrape } from "@argus/core";
import type { LinkCounts } from "@argus/store";

/** What finds cameras of different sources that show the same view; `CameraStore` fits. */
type Linkable = { linkDuplicates(options: { signal: AbortSignal }): Promise<LinkCounts> };
/** What tells of scrapes; `SourceHost` fits. */
type Scrapes = { subscribe(options: { signal: AbortSignal }): AsyncIterable<{ scrape: Scrape }> };

/**
 * Links duplicates now and after each scrape that has ended, one at a time, until `signal` is given. Never rejects: what
 * fails is logged, and made up for the next time.
 */
export async function keepLinked(
  store: Linkable,
  scrapes: Scrapes,
  { signal, log }: { signal: AbortSignal; log: Log },
): Promise<void> {
  await link(store, signal, log);
  for await (const { scrape } of scrapes.subscribe({ signal })) {
    if (scrape.finished_at !== null) await link(store, signal, log);
  }
}

async function link(store: Linkable, signal: AbortSignal, log: Log): Promise<void> {
  try {
    const counts = await store.linkDuplicates({ signal });
    if (counts.linked + counts.parted > 0) log.info("cameras of the same view were linked", counts);
  } catch (error) {
    if (!signal.aborted)
      log.warn("cameras of the same view could not be linked; the next scrape tries again", {
        reason: describeError(error),
      });
  }
}
