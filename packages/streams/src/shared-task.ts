import { race } from "./timer.ts";

/** One piece of work that several callers wait for: each may leave, and the last one to leave ends it. */
export class SharedTask<Result> {
  readonly #ended: AbortController = new AbortController();
  readonly #work: Promise<Result>;
  /** Resolves when the work is over, however it ended. */
  readonly settled: Promise<void>;
  #waiting = 0;

  constructor(run: (signal: AbortSignal) => Promise<Result>) {
    this.#work = run(this.#ended.signal);
    // Those who wait are told; that nobody waits any more is no unhandled rejection.
    this.settled = this.#work.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Nobody waits any more, so the work was ended and must not be joined. */
  get abandoned(): boolean {
    return this.#ended.signal.aborted;
  }

  /** @throws the work's error, or the signal's reason. */
  async join(signal: AbortSignal): Promise<Result> {
    this.#waiting += 1;
    try {
      return await race(this.#work, { signal });
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#ended.abort();
    }
  }
}
