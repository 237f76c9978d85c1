/** Lets so many processes start at once; the others wait in line. A start costs a core for a moment. */
export class StartGate {
  readonly #atOnce: number;
  readonly #line = new Set<() => void>();
  #active = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Settles when it may start; what it gives is called once when it has. Rejects with the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#active < this.#atOnce) this.#active += 1;
    else await this.#wait(signal);
    let isOut = false;
    return () => {
      if (!isOut) this.#leave();
      isOut = true;
    };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const give = (): void => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = (): void => {
      this.#line.delete(give);
      reject(signal.reason);
    };
    this.#line.add(give);
    signal.addEventListener("abort", leave, { once: true });
    await promise;
  }

  // The place goes straight to the next in line.
  #leave(): void {
    const [next] = this.#line;
    if (next === undefined) {
      this.#active -= 1;
      return;
    }
    this.#line.delete(next);
    next();
  }
}
