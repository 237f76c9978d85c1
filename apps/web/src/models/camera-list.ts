import type { Camera, CameraQuery } from "@argus/core";
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import { type Problem, problemOf } from "./problem.ts";

/** Cameras asked for at once: some screenfuls, some tens of kilobytes. */
const PAGE_SIZE = 200;
/** As core's query allows: for rows far down that were jumped to. */
const MAX_PAGE_SIZE = 1000;

/** The cameras of a query, loaded page by page as far as one scrolls. A changed query aborts what is under way. */
export class CameraList {
  readonly cameras: Signal<readonly Camera[]> = signal([]);
  /** How many the query selects in all; null before the first answer. */
  readonly total: Signal<number | null> = signal(null);
  readonly busy: Signal<boolean> = signal(false);
  readonly problem: Signal<Problem | null> = signal(null);
  /** Whether the registry has changed since the list was loaded. */
  readonly outdated: Signal<boolean> = signal(false);
  readonly complete: ReadonlySignal<boolean>;
  readonly dispose: () => void;

  readonly #api: Pick<Api, "cameras">;
  readonly #query: ReadonlySignal<CameraQuery>;
  readonly #calls = new Latest();
  readonly #next: Signal<string | null> = signal(null);

  constructor(api: Pick<Api, "cameras">, query: ReadonlySignal<CameraQuery>) {
    this.#api = api;
    this.#query = query;
    this.complete = computed(() => this.total.value !== null && this.#next.value === null);
    const stop = effect(() => this.#load(query.value, null));
    this.dispose = () => {
      stop();
      this.#calls.cancel();
    };
  }

  /** Loads the next page, a large one where many rows are wanted, unless one is under way or there is none. */
  more(wanted = 0): void {
    const cursor = this.#next.peek();
    if (cursor !== null && !this.busy.peek())
      this.#load(this.#query.peek(), cursor, Math.min(MAX_PAGE_SIZE, Math.max(PAGE_SIZE, wanted)));
  }

  /** Loads the list from its beginning. */
  reload(): void {
    this.#load(this.#query.peek(), null);
  }

  #load(query: CameraQuery, cursor: string | null, limit = PAGE_SIZE): void {
    this.busy.value = true;
    const page = { ...query, limit, ...(cursor === null ? {} : { cursor }) };
    void this.#calls.run((signal) => this.#api.cameras(page, { signal }), {
      value: (answer) =>
        batch(() => {
          this.cameras.value = cursor === null ? answer.cameras : [...this.cameras.value, ...answer.cameras];
          this.total.value = answer.total;
          // A page without cameras must not be followed by another for ever.
          this.#next.value = answer.cameras.length === 0 ? null : answer.next_cursor;
          this.problem.value = null;
          this.busy.value = false;
          if (cursor === null) this.outdated.value = false;
        }),
      error: (error) =>
        batch(() => {
          this.problem.value = problemOf(error);
          this.busy.value = false;
        }),
    });
  }
}
