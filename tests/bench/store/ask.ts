import { setImmediate } from "node:timers/promises";

import { figure, stallFigure, type StoreFigure } from "./figure.ts";
import { longestStall, percentile, timed } from "./measure.ts";

const STALL_AIM_MS = 50;
const FIRST = 20;
const P50 = 0.5;
const P99 = 0.99;

/** Questions of one kind, each asked once, and the most milliseconds that 99 of 100 may take. */
export type Asked = { what: string; aim: number; asks: readonly (() => Promise<unknown>)[] };

/**
 * Asks them one after the other: median, 99th percentile, and the event loop's longest stall. The first few only let
 * the program get going: of 300, they alone would be the 99th percentile.
 */
export async function askFigures({ what, aim, asks }: Asked): Promise<StoreFigure[]> {
  const times: number[] = [];
  for (const ask of asks.slice(0, FIRST)) await ask();
  const stall = await longestStall(async () => {
    for (const ask of asks.slice(FIRST)) {
      times.push(await timed(ask));
      // As between two requests.
      await setImmediate();
    }
  });
  return [
    figure(`${what}, median`, "ms", [percentile(times, P50)], "cost"),
    figure(`${what}, p99`, "ms", [percentile(times, P99)], "cost", aim),
    stallFigure(what, [stall], STALL_AIM_MS),
  ];
}
