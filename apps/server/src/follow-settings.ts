import { setTimeout as wait } from "node:timers/promises";

const EVERY_MS = 5000;

/** Takes in every few seconds what other servers on the same database have set, until the signal is aborted. */
export async function followSettings(sources: { takeIn(): Promise<void> }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // It rejects only when it is aborted, and that ends the loop.
    await wait(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) await sources.takeIn();
  }
}
