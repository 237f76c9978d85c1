import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { lock } from "proper-lockfile";

import { foldersBusy, lockLost } from "./errors.ts";

const OWNER_ONLY = 0o700;
const PAUSE_MS = 100;
/** How long a lock outlives the process that took it, if that is killed. */
const STALE_MS = 5000;

export type LockOptions = {
  /** Milliseconds to wait for whoever has it. */
  waitMs: number;
  signal: AbortSignal;
};

/**
 * Does something while no other process does anything with this folder. `task` is handed a signal that is aborted when
 * `signal` is, or the lock is lost.
 * @throws ArgusError ARGUS_SOURCES_BUSY when another process does not let it go in time; what `task` throws.
 */
export async function whileLocked<Value>(
  folder: string,
  { waitMs, signal }: LockOptions,
  task: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const lost = new AbortController();
  await mkdir(dirname(folder), { recursive: true, mode: OWNER_ONLY });
  const release = await take(folder, performance.now() + waitMs, lost, signal);
  try {
    return await task(AbortSignal.any([signal, lost.signal]));
  } finally {
    // Lost, and with it whatever there was to release.
    await release().catch(() => undefined);
  }
}

async function take(
  folder: string,
  until: number,
  lost: AbortController,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await lock(folder, {
        lockfilePath: `${folder}.lock`,
        realpath: false,
        stale: STALE_MS,
        onCompromised: (error) => lost.abort(lockLost(folder, error)),
      });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ELOCKED")) throw error;
      if (performance.now() > until) throw foldersBusy(folder);
    }
    await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
