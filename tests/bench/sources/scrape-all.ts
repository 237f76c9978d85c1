import type { Scrape } from "@argus/core";

import { serve } from "../../support/argus-process.ts";
import { openOrigin } from "../../support/origin.ts";
import { makeScratch } from "../../support/scratch.ts";
import { scrapeToEnd } from "../../support/scrape-end.ts";
import { writeSettings } from "../../support/settings.ts";
import type { Figure } from "../table.ts";
import { type Answers, MOST_HOSTS, PAYLOADS } from "./payloads.ts";

const RUNS = 3;
const AIM_S_FOR_10_000 = 1;
const AIM_CAMERAS = 10_000;

/** All recorded lists from loopback into SQLite, by sources in processes of their own: a first scrape, and another. */
export async function benchScrapeAll(): Promise<Figure[]> {
  const answers = await allAnswers();
  const first: number[] = [];
  const again: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const [fresh, repeated] = await scrapeTwice(answers);
    first.push(fresh);
    again.push(repeated);
  }
  const who = `all recorded lists, ${PAYLOADS.length} sources together`;
  return [
    { what: `${who}: time for 10,000 cameras`, unit: "s", values: first, aim: AIM_S_FOR_10_000 },
    { what: "the same again, nothing changed", unit: "s", values: again, aim: AIM_S_FOR_10_000 },
  ];
}

async function allAnswers(): Promise<Answers> {
  const each = await Promise.all(
    PAYLOADS.map(async ({ source, answers }) =>
      Object.entries(await answers()).map(([path, answer]) => [`/${source}${path}`, answer] as const),
    ),
  );
  return Object.fromEntries(each.flat());
}

/** Seconds for 10,000 cameras, from asking for the scrape to its end. */
async function scrapeTwice(answers: Answers): Promise<[number, number]> {
  await using scratch = await makeScratch("bench-sources");
  await using stack = new AsyncDisposableStack();
  const urls: string[] = [];
  for (let n = 0; n < MOST_HOSTS; n += 1) urls.push(stack.use(await openOrigin(answers)).url);
  const sources = PAYLOADS.map(({ source, options }) => [source, options((n) => `${urls[n]}/${source}`)] as const);
  await writeSettings(scratch.path, { sources: Object.fromEntries(sources) });
  await using argus = await serve({ home: scratch.path });
  const timed = async (): Promise<number> => {
    const started = performance.now();
    const scrape = await scrapeToEnd(
      argus.client,
      sources.map(([source]) => source),
    );
    const seconds = (performance.now() - started) / 1000;
    return (seconds / tell(scrape, seconds)) * AIM_CAMERAS;
  };
  return [await timed(), await timed()];
}

/** Says what was stored, by whom; the number of cameras. */
function tell({ sources }: Scrape, seconds: number): number {
  const broken = sources.filter(({ state }) => state !== "complete" && state !== "partial");
  if (broken.length > 0)
    throw new Error(broken.map(({ source_id, state, message }) => `${source_id} ${state}: ${message}`).join("; "));
  const cameras = sources.reduce((sum, { found }) => sum + found, 0);
  const each = sources.map(({ source_id, found }) => `${source_id} ${found}`).join(", ");
  process.stderr.write(
    `${cameras} cameras in ${seconds.toFixed(2)} s, ${Math.round(cameras / seconds)} a second: ${each}\n`,
  );
  return cameras;
}
