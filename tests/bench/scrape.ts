import { serve } from "../support/argus-process.ts";
import { haveCamdata, readJamCamPlaces, readOpenTrafficCamMap } from "../support/camdata.ts";
import { openOrigin } from "../support/origin.ts";
import { makeScratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import { writeSettings } from "../support/settings.ts";
import type { Figure } from "./table.ts";

const RUNS = 5;
const AIM_S = 2;
const SOURCES = ["open-traffic-cam-map", "tfl-jamcam"];

/** More than 7,000 real cameras: from asking for the scrape to its end, all of them on disk. First scrape and second. */
export async function benchScrape(): Promise<Figure[]> {
  if (!haveCamdata) {
    process.stderr.write("SKIPPED: scraping real cameras, for ../shared/camdata is not here\n");
    return [];
  }
  const first: number[] = [];
  const again: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const [fresh, repeated] = await scrapeTwice();
    first.push(fresh);
    again.push(repeated);
  }
  return [
    { what: "7,000 real cameras scraped from loopback to stored", unit: "s", values: first, aim: AIM_S },
    { what: "the same again, nothing changed", unit: "s", values: again, aim: AIM_S },
  ];
}

async function scrapeTwice(): Promise<[number, number]> {
  await using scratch = await makeScratch("bench-scrape");
  await using origin = await openOrigin({
    "/otc/cameras/USA.json": await readOpenTrafficCamMap(),
    "/tfl/Place/Type/JamCam": JSON.stringify(await readJamCamPlaces()),
  });
  await writeSettings(scratch.path, {
    sources: {
      "open-traffic-cam-map": { base_url: `${origin.url}/otc` },
      "tfl-jamcam": { base_url: `${origin.url}/tfl` },
    },
  });
  await using argus = await serve({ home: scratch.path });
  const timed = async (): Promise<number> => {
    const started = performance.now();
    await scrapeToEnd(argus.client, SOURCES);
    return (performance.now() - started) / 1000;
  };
  return [await timed(), await timed()];
}
