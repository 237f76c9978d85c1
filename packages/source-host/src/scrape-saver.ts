import type { Log, Scrape } from "@argus/core";

import { describeFault } from "./bounded-text.ts";
import type { HostStore } from "./host-store.ts";

/**
 * Keeps a running scrape's record in the store: when something changed, at most every `saveMs`, so that a crash leaves a
 * recent one; and every `beatMs` in any case, so that other servers see that somebody runs it.
 */
export class ScrapeSaver {
  readonly #store: HostStore;
  readonly #snapshot: () => Scrape;
  readonly #saveMs: number;
  readonly #beatMs: number;
  readonly #log: Log;
  #beat: NodeJS.Timeout | null = null;
  #timer: NodeJS.Timeout | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: { store: HostStore; snapshot: () => Scrape; saveMs: number; beatMs: number; log: Log }) {
    this.#store = options.store;
    this.#snapshot = options.snapshot;
    this.#saveMs = options.saveMs;
    this.#beatMs = options.beatMs;
    this.#log = options.log;
  }

  /** The scrape runs, until `finish`. */
  begin(): void {
    this.#beat = setInterval(() => this.changed(), this.#beatMs);
  }

  /** Something changed: it is saved when the time has come. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#saving = this.#save().finally(() => {
        this.#timer = null;
      });
    }, this.#saveMs);
  }

  /** Saves the end, after any save that is under way. */
  async finish(): Promise<void> {
    if (this.#beat !== null) clearInterval(this.#beat);
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
