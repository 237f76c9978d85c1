import type { Signal } from "@preact/signals";

import { counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { Notice } from "./notice.tsx";

export type ScrapeButtonsProps = {
  /** Something else is what one would do next. */
  quiet?: boolean;
  /** Whether the keyboard begins here when the dialog opens. */
  focus?: boolean;
  /** Whether the sources are to be read again by themselves too. */
  keep: Signal<boolean>;
};

/**
 * Starts a scrape of the chosen sources, or cancels the one that runs. While it is busy it is disabled in words only:
 * a disabled button would lose the keyboard's place.
 */
export function ScrapeButtons({ quiet = false, focus = false, keep }: ScrapeButtonsProps) {
  const { choice, scrape, sourceDesk } = useApp();
  const chosen = choice.chosen.value.size;
  const busy = scrape.busy.value;
  const start = async (): Promise<void> => {
    if (busy) return;
    choice.keep();
    const ids = [...choice.chosen.value];
    if ((await scrape.start(ids)) && keep.peek()) await sourceDesk.keepFresh(ids);
  };
  if (scrape.current.value !== null) {
    return (
      <button type="button" class="button" aria-disabled={busy} onClick={() => busy || void scrape.cancel()}>
        {busy ? "Cancelling…" : "Cancel scrape"}
      </button>
    );
  }
  return (
    <button
      type="button"
      class={quiet ? "button" : "button is-primary"}
      autoFocus={focus}
      aria-disabled={busy}
      disabled={chosen === 0}
      onClick={() => void start()}
    >
      {busy ? "Starting…" : chosen === 0 ? "Choose a source" : `Scrape ${counted(chosen, "source")}`}
    </button>
  );
}

export function ScrapeProblem() {
  const { scrape } = useApp();
  return scrape.problem.value === null ? null : <Notice problem={scrape.problem.value} />;
}
