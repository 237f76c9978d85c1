/** Lets tasks that share something take turns, in the order they came; one that fails does not hold up the next. */
export class Turns {
  readonly #before: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();

  /** `before` clears the way for each task of `take`. */
  constructor(before: () => Promise<void> = async () => {}) {
    this.#before = before;
  }

  async take<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.takeOpen(async () => {
      await this.#before();
      return task();
    });
  }

  /** A turn whose way is not cleared. */
  async takeOpen<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }
}
