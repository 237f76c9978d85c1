import type { SourceInfo } from "@argus/core";
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

const UNUSABLE: ReadonlySet<string> = new Set(["broken", "unconfigured"]);

export function isUsable(source: Pick<SourceInfo, "state">): boolean {
  return !UNUSABLE.has(source.state);
}

/** What is ticked before anybody chooses: the sources in use, or where there are none, those enabled by default. */
export function preselected(sources: readonly SourceInfo[]): ReadonlySet<string> {
  const usable = sources.filter((source) => isUsable(source));
  const used = usable.filter((source) => source.camera_count > 0);
  const ids = (used.length > 0 ? used : usable.filter((source) => source.enabled_by_default)).map(({ id }) => id);
  return new Set(ids);
}

/** The ticks of a source picker. */
export class SourceChoice {
  readonly chosen: Signal<ReadonlySet<string>> = signal(new Set());
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

  toggle(id: string): void {
    this.keep();
    const next = new Set(this.chosen.value);
    if (!next.delete(id)) next.add(id);
    this.chosen.value = next;
  }
}

/** Whether a source could be scraped and never was. */
export function isUnread(source: SourceInfo): boolean {
  return isUsable(source) && source.last_scrape === null && source.camera_count === 0;
}
