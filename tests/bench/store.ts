import { describeError } from "@argus/core";

import { makeScratch } from "../support/scratch.ts";
import type { Phase, StoreFigure } from "./store/figure.ts";
import { runPhase } from "./store/processes.ts";
import { printReport, toLines } from "./store/report.ts";

const PHASES: readonly Phase[] = ["load", "connect", "read", "peers", "postgres"];
const DEFAULT_SIZES = [10_000, 100_000, 1_000_000];
/** Small registries are measured several times; of the largest, once takes long enough. */
const ROUNDS_TO: readonly (readonly [count: number, rounds: number])[] = [
  [20_000, 5],
  [200_000, 3],
];

/** The store with different numbers of cameras, beside its peers; the table of docs/performance.md. */
export async function benchStore(sizes: readonly number[] = DEFAULT_SIZES): Promise<void> {
  const bySize = new Map<number, StoreFigure[]>();
  for (const count of sizes.length === 0 ? DEFAULT_SIZES : sizes) bySize.set(count, await measure(count));
  printReport(bySize);
}

async function measure(count: number): Promise<StoreFigure[]> {
  await using scratch = await makeScratch("bench-store");
  const rounds = ROUNDS_TO.find(([most]) => count <= most)?.[1] ?? 1;
  const figures: StoreFigure[] = [];
  for (const phase of PHASES) {
    const started = performance.now();
    try {
      const measured = await runPhase(phase, { count, folder: scratch.path, rounds });
      figures.push(...measured);
      process.stderr.write(toLines(measured));
    } catch (error) {
      // What the others measured is worth printing all the same.
      process.stderr.write(`${describeError(error)}\n`);
      process.exitCode = 1;
    }
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stderr.write(`${count.toLocaleString("en")} cameras: ${phase} took ${seconds} s\n`);
  }
  return figures;
}
