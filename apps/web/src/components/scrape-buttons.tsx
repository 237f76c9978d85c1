import { counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { Notice } from "./notice.tsx";

/** Starts a scrape of the chosen sources, or cancels the one that runs. */
export function ScrapeButtons() {
  const { choice, scrape } = useApp();
  const chosen = choice.chosen.value.size;
  const busy = scrape.busy.value;
  if (scrape.current.value !== null) {
    return (
      <button type="button" class="button" disabled={busy} onClick={() => void scrape.cancel()}>
        {busy ? "Cancelling…" : "Cancel scrape"}
      </button>
    );
  }
  return (
    <button type="button" class="button is-primary" autoFocus disabled={busy || chosen === 0} onClick={() => void scrape.start([...choice.chosen.value])}>
      {busy ? "Starting…" : chosen === 0 ? "Choose a source" : `Scrape ${counted(chosen, "source")}`}
    </button>
  );
}

export function ScrapeProblem() {
  const { scrape } = useApp();
  return scrape.problem.value === null ? null : <Notice problem={scrape.problem.value} />;
}
