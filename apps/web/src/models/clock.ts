import { type ReadonlySignal, signal } from "@preact/signals";

const SECOND_MS = 1000;

export type UtcClock = { now: ReadonlySignal<number>; dispose(): void };

/** The time in milliseconds, told anew at the start of each second. */
export function startClock(clock: () => number = Date.now): UtcClock {
  const now = signal(clock());
  let timer: ReturnType<typeof setTimeout>;
  const tick = (): void => {
    now.value = clock();
    // Set anew each time, so that a late timer does not make the seconds drift.
    timer = setTimeout(tick, SECOND_MS - (clock() % SECOND_MS));
  };
  tick();
  return { now, dispose: () => clearTimeout(timer) };
}

/** `2026-11-21` and `14:03:27` in UTC. */
export function utcParts(ms: number): { date: string; time: string } {
  const [date = "", rest = ""] = new Date(ms).toISOString().split("T");
  return { date, time: rest.slice(0, 8) };
}
