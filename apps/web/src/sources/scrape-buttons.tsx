import type { Signal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { useApp } from "../components/app-context.ts";
import { Notice } from "../components/notice.tsx";
import { counted } from "../format.ts";
import { useSourceModels } from "./source-models.ts";

/** The button that starts a scrape, or cancels what runs. */
export const SCRAPE_BUTTON = "scrape-button";

export type ScrapeButtonsProps = {
  /** Something else is what one would do next. */
  quiet?: boolean;
  /** Whether the keyboard begins here when the dialog opens. */
  focus?: boolean;
  /** Whether the sources are to be read again by themselves too. */
  keep: Signal<boolean>;
};

/**
 * Starts a scrape of the chosen sources, or cancels what runs; while that runs, others that are chosen can be started beside
 * it. While it is busy it is disabled in words only: a disabled button would lose the keyboard's place.
 */
export function ScrapeButtons({ quiet = false, focus = false, keep }: ScrapeButtonsProps) {
  const { choice, sourceDesk } = useSourceModels();
  const { scrape } = useApp();
  const ids = choice.ready(scrape.current.value);
  const chosen = ids.length;
  const busy = scrape.busy.value;
  const running = scrape.current.value !== null;
  const main = useRef<HTMLButtonElement>(null);
  const start = async (): Promise<void> => {
    if (busy) return;
    choice.keep();
    // The button beside it goes when its sources are being scraped.
    main.current?.focus();
    if (!(await scrape.start(ids))) return;
    choice.send(ids);
    if (keep.peek()) await sourceDesk.keepFresh(ids);
  };
  const words = chosen === 0 ? "Choose a source" : `Scrape ${counted(chosen, "source")}`;
  return (
    <>
      <button
        ref={main}
        id={SCRAPE_BUTTON}
        type="button"
        class={quiet || running ? "button" : "button is-primary"}
        autoFocus={focus}
        aria-disabled={busy}
        disabled={!running && chosen === 0}
        onClick={() => (running ? busy || void scrape.cancel() : void start())}
      >
        {running ? (busy ? "One moment…" : "Cancel scrape") : busy ? "Starting…" : words}
      </button>
      {running && chosen > 0 && (
        <button type="button" class="button" aria-disabled={busy} onClick={() => void start()}>
          {words}
        </button>
      )}
    </>
  );
}

export function ScrapeProblem() {
  const { scrape } = useApp();
  return scrape.problem.value === null ? null : <Notice problem={scrape.problem.value} />;
}
