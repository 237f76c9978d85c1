import type { Log, Scrape } from "@argus/core";

import { describeFault } from "./bounded-text.ts";
import type { HostStore } from "./host-store.ts";

/** Keeps a running scrape's record in the store, at most every `everyMs`, so that a crash leaves a recent one. */
export class ScrapeSaver {
  readonly #store: HostStore;
  readonly #snapshot: () => Scrape;
  readonly #everyMs: number;
  readonly #log: Log;
  #timer: NodeJS.Timeout | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: { store: HostStore; snapshot: () => Scrape; everyMs: number; log: Log }) {
    this.#store = options.store;
    this.#snapshot = options.snapshot;
    this.#everyMs = options.everyMs;
    this.#log = options.log;
  }

  /** Something changed: it is saved when the time has come. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#saving = this.#save().finally(() => {
        this.#timer = null;
      });
    }, this.#everyMs);
  }

  /** Saves the end, after any save that is under way. */
  async finish(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#saving;
    await this.#save();
  }

  async #save(): Promise<void> {
    const scrape = this.#snapshot();
    try {
      await this.#store.saveScrape(scrape);
    } catch (error) {
      this.#log.error(`cannot save scrape ${scrape.id}: ${describeFault(error)}`);
    }
  }
}
