/** Runs `run` once after `ms` milliseconds; what it returns takes that back. Injected, so that tests own the time. */
export type Timer = (ms: number, run: () => void) => () => void;

export const systemTimer: Timer = (ms, run) => {
  const handle = setTimeout(run, ms);
  return () => clearTimeout(handle);
};

export type RaceOptions = {
  signal: AbortSignal;
  /** Milliseconds; without it only the signal cuts the wait short. */
  deadline?: { ms: number; timer: Timer; late: () => Error };
};

/**
 * Waits for `work`, but no longer than the signal and the deadline allow. It only stops waiting: whoever started the
 * work ends it.
 * @throws the signal's reason, or the deadline's error.
 */
export function race<T>(work: Promise<T>, { signal, deadline }: RaceOptions): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(signal.reason);
  const cancel = deadline?.timer(deadline.ms, () => reject(deadline.late()));
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  work.then(resolve, reject);
  return promise.finally(() => {
    cancel?.();
    signal.removeEventListener("abort", onAbort);
  });
}

/** @throws the signal's reason when it aborts first. */
export async function sleep(ms: number, timer: Timer, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = timer(ms, resolve);
  try {
    await race(promise, { signal });
  } finally {
    cancel();
  }
}
