/** Lets tasks that share something take turns, in the order they came; one that fails does not hold up the next. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  async take<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }

  /** When all that has come so far is over. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
