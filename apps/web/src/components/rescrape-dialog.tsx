import { utc } from "../format.ts";
import { shareOfAll } from "../models/scrape-progress.ts";
import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { ScrapeButtons, ScrapeProblem } from "./scrape-buttons.tsx";
import { SourcePicker } from "./source-picker.tsx";

/** Scrapes sources again, and shows what the last scrape made of each. */
export function RescrapeDialog() {
  const { rescraping, scrape } = useApp();
  if (!rescraping.value) return null;
  const running = scrape.current.value;
  const last = scrape.last.value;
  const close = (): void => void (rescraping.value = false);
  return (
    <Dialog title="Rescrape" class="rescrape" onClose={close}>
      <p class="boot-lead">
        {running !== null
          ? `Running since ${utc(running.started_at)}.`
          : last === null
            ? "Nothing has been scraped since the server was set up."
            : `Last scrape ${last.state}${last.finished_at === null ? "" : `, ${utc(last.finished_at)}`}. Cameras a complete scrape no longer lists are marked gone; nothing is deleted.`}
      </p>
      <div class="dialog-body">
        <SourcePicker />
        <ScrapeProblem />
      </div>
      <footer class="dialog-foot">
        {running === null ? (
          <span class="dialog-note" />
        ) : (
          <ProgressBar share={shareOfAll(running)} label="Scrape progress" />
        )}
        <button type="button" class="button" onClick={close}>
          Close
        </button>
        <ScrapeButtons />
      </footer>
    </Dialog>
  );
}
