import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Draft, Drafts } from "./option-drafts.ts";

const NOTHING: Drafts = {};

/** What was written of sources' options and not saved, whichever source is open. */
export class UnsavedOptions {
  readonly #bySource: Signal<ReadonlyMap<string, Drafts>> = signal(new Map());

  /** The sources of which something is unsaved. */
  get bySource(): ReadonlySignal<ReadonlyMap<string, Drafts>> {
    return this.#bySource;
  }

  of(id: string): Drafts {
    return this.#bySource.value.get(id) ?? NOTHING;
  }

  /** Notes what one option is to become; undefined forgets what was written. */
  write(id: string, option: string, draft: Draft | undefined): void {
    const { [option]: _former, ...others } = this.#now(id);
    this.#put(id, draft === undefined ? others : { ...others, [option]: draft });
  }

  /** Forgets what was written of a source. */
  discard(id: string): void {
    this.#put(id, NOTHING);
  }

  /** Forgets what was sent and is still written so: what was written meanwhile is still to be saved. */
  saved(id: string, sent: Drafts): void {
    const left = Object.entries(this.#now(id)).filter(([name, draft]) => draft !== sent[name]);
    this.#put(id, Object.fromEntries(left));
  }

  #now(id: string): Drafts {
    return this.#bySource.peek().get(id) ?? NOTHING;
  }

  #put(id: string, drafts: Drafts): void {
    const all = new Map(this.#bySource.peek());
    if (Object.keys(drafts).length > 0) all.set(id, drafts);
    else all.delete(id);
    this.#bySource.value = all;
  }
}
