import type { Scrape } from "@argus/core";
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { type Problem, problemOf } from "../models/problem.ts";
import { isScraped } from "../models/scrape-progress.ts";

/** Null while it is being stopped; else why it was not. */
type Stop = Problem | null;

/** Sources whose scrape somebody stops, one by one, while others are read on. */
export class SourceStops {
  readonly #stops: Signal<ReadonlyMap<string, Stop>> = signal(new Map());
  readonly #api: Pick<Api, "cancelScrape">;
  readonly #life = new AbortController();
  readonly dispose: () => void;

  constructor(api: Pick<Api, "cancelScrape">, current: ReadonlySignal<Scrape | null>) {
    this.#api = api;
    // Once a source is read no more, whatever was said of stopping it is over.
    const forget = effect(() => {
      const running = current.value;
      const left = [...this.#stops.peek()].filter(([id]) => isScraped(running, id));
      if (left.length < this.#stops.peek().size) this.#stops.value = new Map(left);
    });
    this.dispose = () => {
      forget();
      this.#life.abort();
    };
  }

  isStopping(sourceId: string): boolean {
    return this.#stops.value.get(sourceId) === null;
  }

  /** Why the source could not be stopped; null when nobody tried, or it is under way. */
  problemOf(sourceId: string): Problem | null {
    return this.#stops.value.get(sourceId) ?? null;
  }

  /** Cancels what runs of one source. It counts as being stopped until the scrape itself tells that it is read no more. */
  async stop(source: string): Promise<void> {
    if (this.#stops.peek().get(source) === null) return;
    this.#put(source, null);
    try {
      await this.#api.cancelScrape({ source, signal: this.#life.signal });
    } catch (error) {
      // It may have ended by itself meanwhile.
      if (!this.#life.signal.aborted && this.#stops.peek().has(source)) this.#put(source, problemOf(error));
    }
  }

  #put(source: string, stop: Stop): void {
    this.#stops.value = new Map(this.#stops.peek()).set(source, stop);
  }
}
