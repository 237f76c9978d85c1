import type { Camera } from "@argus/core";
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";

/** The cameras of other sources that show the same view as the one that is looked at. */
export class Duplicates {
  /** Empty while they are fetched, and where there are none. */
  readonly cameras: Signal<readonly Camera[]> = signal([]);
  readonly dispose: () => void;

  readonly #api: Pick<Api, "duplicates">;
  readonly #id: ReadonlySignal<string | null>;
  readonly #calls = new Latest();

  constructor(api: Pick<Api, "duplicates">, id: ReadonlySignal<string | null>) {
    this.#api = api;
    this.#id = id;
    const stop = effect(() => {
      this.#calls.cancel();
      this.cameras.value = [];
      if (id.value !== null) this.refresh();
    });
    this.dispose = () => {
      stop();
      this.#calls.cancel();
    };
  }

  /** Fetches them anew, as after a scrape. */
  refresh(): void {
    const id = this.#id.peek();
    if (id === null) return;
    void this.#calls.run((signal) => this.#api.duplicates(id, { signal }), {
      value: (cameras) => (this.cameras.value = cameras),
      // The camera itself is shown all the same, and says what is amiss.
      error: () => {},
    });
  }
}
