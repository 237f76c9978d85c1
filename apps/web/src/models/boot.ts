import type { Scrape } from "@argus/core";
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import { failuresOf, storedBy } from "./scrape-progress.ts";

export type BootState = "unknown" | "open" | "closed";

/**
 * Whether the boot overlay is shown: opened once, when the page finds an empty registry; closed by the first cameras,
 * unless a source has failed, which is to be read first; never opened again by itself.
 */
export function bootAfter(state: BootState, cameras: number | null, scrape: Scrape | null): BootState {
  if (state === "unknown") return cameras === null ? "unknown" : cameras === 0 ? "open" : "closed";
  if (state === "closed") return "closed";
  const there = (cameras ?? 0) > 0 || (scrape !== null && storedBy(scrape) > 0);
  return there && (scrape === null || failuresOf(scrape).length === 0) ? "closed" : "open";
}

/** The overlay that greets whoever opens an empty registry. */
export class Boot {
  readonly state: Signal<BootState> = signal("unknown");
  readonly dispose: () => void;

  constructor(cameras: ReadonlySignal<number | null>, scrape: ReadonlySignal<Scrape | null>) {
    this.dispose = effect(() => {
      this.state.value = bootAfter(this.state.peek(), cameras.value, scrape.value);
    });
  }

  close(): void {
    this.state.value = "closed";
  }
}
