import { useSignal } from "@preact/signals";

import { useApp } from "../components/app-context.ts";
import { ProgressBar } from "../components/progress-bar.tsx";
import { utc } from "../format.ts";
import { shareOfAll } from "../models/scrape-progress.ts";
import type { ScrapeWatch } from "../models/scrape-watch.ts";
import { useFirstFocus } from "./first-focus.ts";
import { KeepFresh } from "./keep-fresh.tsx";
import { SCRAPE_BUTTON, ScrapeButtons, ScrapeProblem } from "./scrape-buttons.tsx";
import { useSourceModels, useTidyUp } from "./source-models.ts";
import { SourcePanel } from "./source-panel.tsx";
import { FILTER, SourcePicker } from "./source-picker.tsx";

const CLOSE = "sources-close";

/** The list of the sources, or the one that is open. */
export function SourcesBody({ onClose }: { onClose: () => void }) {
  const { choice, sourceDesk } = useSourceModels();
  const { layout, scrape } = useApp();
  const keep = useSignal(false);
  // On a phone the filter would bring up the keyboard, over half of the list.
  const narrow = layout.narrow.value;
  useFirstFocus([narrow ? SCRAPE_BUTTON : FILTER, CLOSE]);
  useTidyUp();
  const running = scrape.current.value;
  const open = sourceDesk.id.value;
  if (open !== null) return <SourcePanel key={open} id={open} onClose={onClose} />;
  return (
    <>
      <p class="boot-lead">{leadOf(scrape)}</p>
      <div class="dialog-body">
        <SourcePicker focus={!narrow} />
        <ScrapeProblem />
      </div>
      <footer class="dialog-foot">
        {running === null || choice.ready(running).length > 0 ? (
          <KeepFresh keep={keep} />
        ) : (
          <ProgressBar share={shareOfAll(running)} label="Scrape progress" />
        )}
        <button type="button" class="button" id={CLOSE} onClick={onClose}>
          Close
        </button>
        <ScrapeButtons keep={keep} focus={narrow} />
      </footer>
    </>
  );
}

function leadOf({ current, last }: ScrapeWatch): string {
  if (current.value !== null) return `A scrape is running since ${utc(current.value.started_at)}.`;
  if (last.value === null) return "Nothing has been scraped since the server was set up.";
  const { state, finished_at: at } = last.value;
  return `Last scrape ${state}${at === null ? "" : `, ${utc(at)}`}. Cameras a complete scrape no longer lists are marked gone; nothing is deleted.`;
}
