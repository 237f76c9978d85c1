import type { Clock } from "@argus/core";

import { sleep, type Timer } from "./timer.ts";

const WINDOW_MS = 1000;

export type PaceOptions = { bytesPerSecond: number; clock: Clock; timer: Timer; signal: AbortSignal };

/** Holds a reader back once it has taken a second's worth of bytes; the sender then waits, for nobody reads. */
export class Pace {
  readonly #options: PaceOptions;
  #since: number;
  #bytes = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#since = options.clock();
  }

  /** @throws the signal's reason when it aborts while waiting. */
  async take(bytes: number): Promise<void> {
    const { bytesPerSecond, clock, timer, signal } = this.#options;
    this.#bytes += bytes;
    const left = this.#since + WINDOW_MS - clock();
    if (left > 0 && this.#bytes < bytesPerSecond) return;
    if (left > 0) await sleep(left, timer, signal);
    this.#since = clock();
    this.#bytes = 0;
  }
}
