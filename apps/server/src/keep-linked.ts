import { setTimeout as sleep } from "node:timers/promises";

import { describeError, type Log, type Scrape } from "@argus/core";
import type { LinkCounts } from "@argus/store";

/** What finds cameras of different sources that show the same view; `CameraStore` fits. */
type Linkable = { linkDuplicates(options: { signal: AbortSignal }): Promise<LinkCounts> };
/** What tells of scrapes; `SourceHost` fits. */
type Scrapes = {
  subscribe(options: { signal: AbortSignal }): AsyncIterable<{ scrape: Scrape }>;
  current(): Scrape | null;
};

export type KeepLinkedOptions = {
  signal: AbortSignal;
  log: Log;
  /** Milliseconds between two looks whether scrapes still run. */
  lookMs?: number;
  /** The most milliseconds that linking waits for them: one may hang for long. */
  patienceMs?: number;
};

const LOOK_MS = 1000;
const PATIENCE_MS = 60_000;

/**
 * Links duplicates now and after each scrape that has ended, one at a time, until `signal` is given; while other scrapes
 * run it leaves the processor to them, within reason. Never rejects: what fails is logged, and made up for the next time.
 */
export async function keepLinked(store: Linkable, scrapes: Scrapes, options: KeepLinkedOptions): Promise<void> {
  const { signal } = options;
  await link(store, options);
  for await (const { scrape } of scrapes.subscribe({ signal })) {
    if (scrape.finished_at === null) continue;
    await quiet(scrapes, options);
    await link(store, options);
  }
}

/** Settles when nothing runs, or patience has ended. */
async function quiet(
  scrapes: Scrapes,
  { signal, lookMs = LOOK_MS, patienceMs = PATIENCE_MS }: KeepLinkedOptions,
): Promise<void> {
  for (let waited = 0; scrapes.current() !== null && waited < patienceMs; waited += lookMs) {
    // Stopped in its sleep, it has nothing more to wait for.
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
}

async function link(store: Linkable, { signal, log }: KeepLinkedOptions): Promise<void> {
  if (signal.aborted) return;
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
