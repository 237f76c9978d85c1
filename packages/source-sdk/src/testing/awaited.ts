/** A promise that tells when somebody begins to wait for it. */
class Watched extends Promise<void> {
  onAwaited: (() => void) | null = null;

  // What `then`, `catch` and `finally` give is an ordinary one.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await` asks for it, and that is what is counted
  override then<Kept = void, Caught = never>(
    kept?: ((value: void) => Kept | PromiseLike<Kept>) | null,
    caught?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Kept | Caught> {
    this.onAwaited?.();
    this.onAwaited = null;
    return super.then(kept, caught);
  }
}

/** Counts calls whose promise nobody waits for: neither `await` nor `return` of it, nor `Promise.all`. */
export class AwaitedCalls {
  #forgotten = 0;

  /** How many of them there are until now. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Does the work at once, and gives its caller the promise of it to wait for. */
  watch(work: () => void): Promise<void> {
    const call = new Watched((resolve) => {
      work();
      resolve();
    });
    this.#forgotten += 1;
    call.onAwaited = () => (this.#forgotten -= 1);
    return call;
  }
}
