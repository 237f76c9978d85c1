import { setTimeout } from "node:timers/promises";

const PROBE_MS = 2;

/** Runs a task and answers how long it took, in milliseconds. */
export async function timed(task: () => unknown): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

/** The value that the given share of all values is at most. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export type Stall = {
  /** The longest time that nothing else got its turn, in milliseconds. */
  wall: number;
  /** The longest time it was computing at a stretch; what is longer, the machine gave to other programs. */
  busy: number;
};

/** Runs a task and answers the event loop's longest stall meanwhile. */
export async function longestStall(task: () => Promise<unknown>): Promise<Stall> {
  const longest: Stall = { wall: 0, busy: 0 };
  let [at, cpu] = [performance.now(), busyMs()];
  const look = (): void => {
    const [now, nowCpu] = [performance.now(), busyMs()];
    longest.wall = Math.max(longest.wall, now - at - PROBE_MS);
    longest.busy = Math.max(longest.busy, nowCpu - cpu);
    [at, cpu] = [now, nowCpu];
  };
  const timer = setInterval(look, PROBE_MS);
  try {
    await task();
    // A stall at the very end is seen when the timer had its turn.
    await setTimeout(PROBE_MS);
  } finally {
    clearInterval(timer);
    look();
  }
  return longest;
}

function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Memory in use after everything unreachable is gone, in MB; needs `--expose-gc`. */
export function memoryMb(): { rss: number; own: number } {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss: rss / 1e6, own: (heapUsed + external) / 1e6 };
}
