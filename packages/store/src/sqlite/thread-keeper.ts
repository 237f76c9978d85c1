import type { DatabaseThread } from "./database-thread.ts";

/** A thread that is started when it is first wanted, and anew when it was lost. */
export class ThreadKeeper {
  readonly #open: () => Promise<DatabaseThread>;
  #current: Promise<DatabaseThread> | null;

  /** `started`: one that is open already. */
  constructor(open: () => Promise<DatabaseThread>, started: DatabaseThread | null = null) {
    this.#open = open;
    this.#current = started === null ? null : Promise.resolve(started);
  }

  /** @throws what opening it throws; the next call tries again. */
  async thread(): Promise<DatabaseThread> {
    const current = (this.#current ??= this.#open());
    const thread = await current.catch((error: unknown) => {
      this.#forget(current);
      throw error;
    });
    if (!thread.isLost) return thread;
    this.#forget(current);
    return this.thread();
  }

  async close(): Promise<void> {
    const thread = await this.#current?.catch(() => null);
    await thread?.close();
  }

  #forget(current: Promise<DatabaseThread>): void {
    if (this.#current === current) this.#current = null;
  }
}
