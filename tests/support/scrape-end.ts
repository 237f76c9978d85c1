import type { ArgusClient } from "@argus/client";
import type { Scrape } from "@argus/core";

const PATIENCE_MS = 60_000;

/** Starts a scrape and follows its progress to the end. */
export async function scrapeToEnd(client: ArgusClient, sources: string[]): Promise<Scrape> {
  const started = await client.startScrape(sources);
  return await scrapeEnd(client, started.id);
}

/** Follows the progress of a scrape that runs. */
export async function scrapeEnd(client: ArgusClient, id: string): Promise<Scrape> {
  for await (const scrape of client.scrapeEvents({ signal: AbortSignal.timeout(PATIENCE_MS) })) {
    if (scrape.id === id && scrape.finished_at !== null) return scrape;
  }
  throw new Error(`the progress of scrape ${id} ended before the scrape did`);
}
