/** One call at a time: a new one aborts the one before, whose outcome is then dropped. */
export class Latest {
  #running: AbortController | null = null;

  get busy(): boolean {
    return this.#running !== null;
  }

  async run<Value>(
    call: (signal: AbortSignal) => Promise<Value>,
    take: { value(value: Value): void; error(error: unknown): void },
  ): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#running = controller;
    try {
      const value = await call(controller.signal);
      if (!controller.signal.aborted) take.value(value);
    } catch (error) {
      if (!controller.signal.aborted) take.error(error);
    } finally {
      if (this.#running === controller) this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = null;
  }
}
