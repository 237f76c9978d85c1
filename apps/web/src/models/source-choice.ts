import type { Scrape, SourceInfo } from "@argus/core";
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import { isRunning, partOf } from "./scrape-progress.ts";
import { isUsable } from "./source-facts.ts";

/** What is ticked before anybody chooses: the sources in use, or where there are none, those enabled by default. */
export function preselected(sources: readonly SourceInfo[]): ReadonlySet<string> {
  const usable = sources.filter((source) => isUsable(source));
  const used = usable.filter((source) => source.camera_count > 0 || source.enabled);
  const ids = (used.length > 0 ? used : usable.filter((source) => source.enabled_by_default)).map(({ id }) => id);
  return new Set(ids);
}

/** The ticks of a source picker. */
export class SourceChoice {
  readonly chosen: Signal<ReadonlySet<string>> = signal(new Set());
  /** What the sources are narrowed to by name, region or state. */
  readonly filter: Signal<string> = signal("");
  /** Of the ticks, those that were scraped and not set anew since. */
  readonly sent: Signal<ReadonlySet<string>> = signal(new Set());
  readonly dispose: () => void;
  #touched = false;

  constructor(sources: ReadonlySignal<readonly SourceInfo[] | null>) {
    this.dispose = effect(() => {
      if (!this.#touched && sources.value !== null) this.chosen.value = preselected(sources.value);
    });
  }

  /** Leaves the ticks as they are, whatever becomes of the sources. */
  keep(): void {
    this.#touched = true;
  }

  /** A scrape of these was started; the ticks stay. */
  send(ids: readonly string[]): void {
    this.sent.value = new Set([...this.sent.peek(), ...ids]);
  }

  /** What a scrape would be of, beside the one that runs: the ticks but those that it has been started with. */
  ready(running: Pick<Scrape, "sources"> | null): string[] {
    return [...this.chosen.value].filter((id) => {
      const part = partOf(running, id);
      return part === null || (!isRunning(part) && !this.sent.value.has(id));
    });
  }

  toggle(id: string): void {
    this.set([id], !this.chosen.peek().has(id));
  }

  /** Ticks these, or takes their ticks away. */
  set(ids: readonly string[], ticked: boolean): void {
    this.keep();
    const next = new Set(this.chosen.peek());
    for (const id of ids)
      if (ticked) next.add(id);
      else next.delete(id);
    batch(() => {
      this.chosen.value = next;
      this.sent.value = new Set([...this.sent.peek()].filter((id) => !ids.includes(id)));
    });
  }
}
