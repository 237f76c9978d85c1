import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import type { Messages } from "./messages.ts";

/** Parts of the list asked for at most: whoever has more favourites sees no star on the rest. */
const MAX_PARTS = 100;

type Calls = Pick<Api, "favourites" | "addFavourite" | "removeFavourite">;

/** The cameras somebody has starred. What is changed shows at once, and is taken back when it cannot be stored. */
export class Favourites {
  readonly ids: ReadonlySignal<ReadonlySet<string>>;
  /** Grows when stored favourites have changed. */
  readonly revision: Signal<number> = signal(0);

  readonly #api: Calls;
  readonly #messages: Messages;
  readonly #stored: Signal<ReadonlySet<string>> = signal(new Set());
  /** What is wanted of cameras whose change is under way. */
  readonly #wanted: Signal<ReadonlyMap<string, boolean>> = signal(new Map());
  readonly #calls = new Latest();

  constructor(api: Calls, messages: Messages) {
    this.#api = api;
    this.#messages = messages;
    this.ids = computed(() => {
      const ids = new Set(this.#stored.value);
      for (const [id, starred] of this.#wanted.value)
        if (starred) ids.add(id);
        else ids.delete(id);
      return ids;
    });
  }

  has(id: string): boolean {
    return this.ids.value.has(id);
  }

  load(): void {
    void this.#calls.run((signal) => this.#all(signal), {
      value: (ids) => (this.#stored.value = ids),
      error: (error) => this.#messages.fail("The favourites could not be loaded.", error),
    });
  }

  async #all(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    let after: string | null = null;
    for (let part = 0; part < MAX_PARTS; part += 1) {
      const { favourites, next } = await this.#api.favourites({ ...(after === null ? {} : { after }), signal });
      for (const { camera_id } of favourites) ids.add(camera_id);
      if (next === null) break;
      after = next;
    }
    return ids;
  }

  /** Stars a camera, or takes its star away. */
  async toggle(id: string): Promise<void> {
    const underWay = this.#wanted.peek().has(id);
    const starred = !this.ids.peek().has(id);
    this.#want(id, starred);
    // Whoever is under way looks again at what is wanted.
    if (!underWay) await this.#store(id, starred);
  }

  async #store(id: string, starred: boolean): Promise<void> {
    try {
      await (starred ? this.#api.addFavourite(id) : this.#api.removeFavourite(id));
    } catch (error) {
      this.#want(id, null);
      return this.#messages.fail(starred ? "The star was not kept." : "The star was not taken away.", error);
    }
    // A list that is still being loaded may have been read before.
    if (this.#calls.busy) this.load();
    const ids = new Set(this.#stored.peek());
    if (starred) ids.add(id);
    else ids.delete(id);
    this.#stored.value = ids;
    const wanted = this.#wanted.peek().get(id);
    if (wanted !== undefined && wanted !== starred) return this.#store(id, wanted);
    this.#want(id, null);
    this.revision.value += 1;
  }

  #want(id: string, starred: boolean | null): void {
    const wanted = new Map(this.#wanted.peek());
    if (starred === null) wanted.delete(id);
    else wanted.set(id, starred);
    this.#wanted.value = wanted;
  }

  dispose(): void {
    this.#calls.cancel();
  }
}
