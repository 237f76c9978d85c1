import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { makeScratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import type { Figure } from "./table.ts";

const RUNS = 7;
const AIM_S = 2;

/** From spawning the built server, with cameras in its database, to a health answer of 200. */
export async function benchStart(): Promise<Figure[]> {
  await using scratch = await makeScratch("bench-start");
  await timedStart(scratch.path, (argus) => scrapeToEnd(argus.client, ["demo"]));
  const values: number[] = [];
  for (let run = 0; run < RUNS; run += 1) values.push(await timedStart(scratch.path));
  return [{ what: "warm start to ready", unit: "s", values, aim: AIM_S }];
}

async function timedStart(
  home: string,
  then: (argus: ArgusProcess) => Promise<unknown> = () => Promise.resolve(),
): Promise<number> {
  const started = performance.now();
  await using argus = await serve({ home });
  await argus.client.health();
  const seconds = (performance.now() - started) / 1000;
  await then(argus);
  return seconds;
}
