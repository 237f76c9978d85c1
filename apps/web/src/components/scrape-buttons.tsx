import { counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { Notice } from "./notice.tsx";

/**
 * Starts a scrape of the chosen sources, or cancels the one that runs. While it is busy it is disabled in words only:
 * a disabled button would lose the keyboard's place.
 */
export function ScrapeButtons({ quiet = false }: { quiet?: boolean }) {
  const { choice, scrape } = useApp();
  const chosen = choice.chosen.value.size;
  const busy = scrape.busy.value;
  const start = (): void => {
    if (busy) return;
    choice.keep();
    void scrape.start([...choice.chosen.value]);
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
      autoFocus={!quiet}
      aria-disabled={busy}
      disabled={chosen === 0}
      onClick={start}
    >
      {busy ? "Starting…" : chosen === 0 ? "Choose a source" : `Scrape ${counted(chosen, "source")}`}
    </button>
  );
}

export function ScrapeProblem() {
  const { scrape } = useApp();
  return scrape.problem.value === null ? null : <Notice problem={scrape.problem.value} />;
}
