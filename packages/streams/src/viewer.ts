import type { Timer } from "./timer.ts";

/**
 * How long a viewer waits for a newer picture before the last one is sent once more. Chrome shows a part only when the
 * headers of the next have come, so without this a still that is renewed once a minute would be seen a minute late.
 */
export const REPEAT_AFTER_MS = 250;

export type ViewerOptions = {
  /** What the body begins with. */
  opening: Uint8Array;
  timer: Timer;
  /** Called once, when the viewer has gone or was sent away. */
  left: (viewer: Viewer) => void;
};

type Step = IteratorResult<Uint8Array, undefined>;
type Waiting = { settle: () => void; cancel: () => void };

/**
 * One viewer's body. It holds one picture at the most: a viewer who reads slower than the camera sends skips pictures,
 * and costs no memory. Read it by one reader at a time.
 */
export class Viewer implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #options: ViewerOptions;
  #opened = false;
  #slot: Uint8Array | null = null;
  // The picture read last, until it has been sent once more.
  #repeatable: Uint8Array | null = null;
  #over: { error: Error | null } | null = null;
  #waiting: Waiting | null = null;

  constructor(options: ViewerOptions) {
    this.#options = options;
  }

  /** Puts a picture in the place of the one that was not read yet. */
  offer(part: Uint8Array): void {
    if (this.#over !== null) return;
    this.#slot = part;
    this.#wake();
  }

  /** Ends the body: at once, or with an error once the last picture has been read. */
  end(error: Error | null = null): void {
    if (this.#over !== null) return;
    this.#over = { error };
    if (error === null) this.#slot = null;
    this.#repeatable = null;
    this.#options.left(this);
    this.#wake();
  }

  async next(): Promise<Step> {
    for (;;) {
      const step = this.#take();
      if (step !== null) return step;
      await this.#wait();
    }
  }

  async return(): Promise<Step> {
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): Step | null {
    if (this.#slot === null && this.#over !== null) {
      if (this.#over.error !== null) throw this.#over.error;
      return { done: true, value: undefined };
    }
    if (!this.#opened) {
      this.#opened = true;
      return { done: false, value: this.#options.opening };
    }
    const value = this.#slot;
    if (value === null) return null;
    this.#repeatable = value === this.#repeatable ? null : value;
    this.#slot = null;
    return { done: false, value };
  }

  async #wait(): Promise<void> {
    if (this.#waiting !== null) throw new TypeError("a viewer's body has one reader at a time");
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting = { settle: resolve, cancel: this.#repeatLater() };
    await promise;
  }

  #repeatLater(): () => void {
    const shown = this.#repeatable;
    if (shown === null) return () => undefined;
    return this.#options.timer(REPEAT_AFTER_MS, () => this.offer(shown));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.cancel();
    waiting?.settle();
  }
}
