import { setImmediate } from "node:timers/promises";

const SLICE_MS = 10;

/** Lets long work on the main thread give way to others every few milliseconds. */
export class TimeSlice {
  #began: number = performance.now();

  /** True when the work should `await pause()`. */
  get isOver(): boolean {
    return performance.now() - this.#began > SLICE_MS;
  }

  async pause(): Promise<void> {
    await setImmediate();
    this.#began = performance.now();
  }
}
