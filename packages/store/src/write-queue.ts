import { storeBusy } from "./errors.ts";

/** A caller that awaits its writes never comes near. */
const MAX_WAITING = 1000;

/** Runs writes one after the other, in the order they came. */
export class WriteQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @throws ArgusError ARGUS_STORE_BUSY when a thousand wait. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#waiting >= MAX_WAITING) throw storeBusy(this.#waiting);
    this.#waiting += 1;
    const result = this.#tail.then(task).finally(() => (this.#waiting -= 1));
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** When all that has been asked for so far is done or has failed. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}
