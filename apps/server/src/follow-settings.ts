import { setTimeout as wait } from "node:timers/promises";

const EVERY_MS = 5000;

/** Takes in every `everyMs` what other servers on the same database have set, until the signal is aborted. */
export async function followSettings(
  sources: { takeIn(): Promise<void> },
  signal: AbortSignal,
  everyMs: number = EVERY_MS,
): Promise<void> {
  while (!signal.aborted) {
    // It rejects only when it is aborted, and that ends the loop.
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) await sources.takeIn();
  }
}
