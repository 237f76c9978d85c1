import { setTimeout } from "node:timers/promises";

import { isLocked } from "./sqlite-errors.ts";

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/**
 * Runs a task again while another connection holds the lock, for at most `timeoutMs`. SQLite's own waiting blocks the
 * thread, and the one that holds the lock may be another store of this very thread.
 */
export async function retryWhileLocked<Result>(timeoutMs: number, task: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + timeoutMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await task();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= deadline) throw error;
      await setTimeout(pause * (0.5 + Math.random() / 2));
    }
  }
}
