import { setImmediate } from "node:timers/promises";

const SLICE_MS = 10;

/** Lets long work on the main thread give way to others every few milliseconds. */
export class TimeSlice {
  readonly #signal: AbortSignal | undefined;
  #began: number = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** True when the work should `await pause()`. */
  get isOver(): boolean {
    return performance.now() - this.#began > SLICE_MS;
  }

  /** @throws the signal's reason. */
  async pause(): Promise<void> {
    this.#signal?.throwIfAborted();
    await setImmediate();
    this.#began = performance.now();
  }
}
