import { useSignal } from "@preact/signals";

import { utc } from "../format.ts";
import { shareOfAll } from "../models/scrape-progress.ts";
import type { ScrapeWatch } from "../models/scrape-watch.ts";
import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { KeepFresh } from "./keep-fresh.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { ScrapeButtons, ScrapeProblem } from "./scrape-buttons.tsx";
import { SourcePanel } from "./source-panel.tsx";
import { SourcePicker } from "./source-picker.tsx";

/** All sources: how each stands, its settings, and a scrape of those that are chosen. */
export function SourcesDialog() {
  const { sourcesShown } = useApp();
  return sourcesShown.value ? <OpenDialog /> : null;
}

function OpenDialog() {
  const { choice, layout, scrape, sourceDesk, sourcesShown } = useApp();
  const keep = useSignal(false);
  const close = (): void => {
    sourceDesk.close();
    sourceDesk.takeClosed();
    choice.filter.value = "";
    sourcesShown.value = false;
  };
  const running = scrape.current.value;
  const open = sourceDesk.id.value;
  return (
    <Dialog title="Sources" class="sources" onClose={() => (open === null ? close() : sourceDesk.close())}>
      {open === null ? (
        <>
          <p class="boot-lead">{leadOf(scrape)}</p>
          <div class="dialog-body">
            {/* On a phone it would bring up the keyboard, over half of the list. */}
            <SourcePicker focus={!layout.narrow.value} />
            <ScrapeProblem />
          </div>
          <footer class="dialog-foot">
            {running === null || choice.ready(running).length > 0 ? (
              <KeepFresh keep={keep} />
            ) : (
              <ProgressBar share={shareOfAll(running)} label="Scrape progress" />
            )}
            <button type="button" class="button" onClick={close}>
              Close
            </button>
            <ScrapeButtons keep={keep} focus={layout.narrow.value} />
          </footer>
        </>
      ) : (
        <SourcePanel key={open} id={open} onClose={close} />
      )}
    </Dialog>
  );
}

function leadOf({ current, last }: ScrapeWatch): string {
  if (current.value !== null) return `A scrape is running since ${utc(current.value.started_at)}.`;
  if (last.value === null) return "Nothing has been scraped since the server was set up.";
  const { state, finished_at: at } = last.value;
  return `Last scrape ${state}${at === null ? "" : `, ${utc(at)}`}. Cameras a complete scrape no longer lists are marked gone; nothing is deleted.`;
}
