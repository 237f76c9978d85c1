import { haveCamdata } from "../support/camdata.ts";
import { benchDelay } from "./sources/delay.ts";
import { benchProcess } from "./sources/process.ts";
import { benchScrapeAll } from "./sources/scrape-all.ts";
import { benchSuites } from "./sources/suites.ts";
import type { Figure } from "./table.ts";

/** What sources in processes of their own cost, and what they do to each other. */
export async function benchSources(): Promise<Figure[]> {
  if (!haveCamdata) process.stderr.write("SKIPPED: scraping all recorded lists, for ../shared/camdata is not here\n");
  return [
    ...(haveCamdata ? await benchScrapeAll() : []),
    ...(await benchProcess()),
    ...(await benchDelay()),
    ...(await benchSuites()),
  ];
}
