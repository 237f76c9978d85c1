import { type Signal, useSignal } from "@preact/signals";

import { useApp } from "../components/app-context.ts";
import { ProgressBar } from "../components/progress-bar.tsx";
import { count } from "../format.ts";
import { foundBy, shareOfAll } from "../models/scrape-progress.ts";
import type { ScrapeWatch } from "../models/scrape-watch.ts";
import { useFirstFocus } from "./first-focus.ts";
import { KeepFresh } from "./keep-fresh.tsx";
import { SCRAPE_BUTTON, ScrapeButtons, ScrapeProblem } from "./scrape-buttons.tsx";
import { useSourceModels, useTidyUp } from "./source-models.ts";
import { SourcePanel } from "./source-panel.tsx";
import { SourcePicker } from "./source-picker.tsx";

const CLOSE = "boot-close";

/** The choice of the first sources, how their scrape goes, or the source that is open. */
export function BootBody({ onClose }: { onClose: () => void }) {
  const { sourceDesk } = useSourceModels();
  const { scrape } = useApp();
  const keep = useSignal(true);
  useFirstFocus([SCRAPE_BUTTON, CLOSE]);
  useTidyUp();
  const open = sourceDesk.id.value;
  if (open !== null) return <SourcePanel key={open} id={open} onClose={onClose} />;
  return (
    <>
      <p class="boot-lead">{leadOf(scrape)}</p>
      <div class="dialog-body">
        <SourcePicker />
        <ScrapeProblem />
      </div>
      <OwnCameras />
      <BootFoot keep={keep} onClose={onClose} />
    </>
  );
}

function OwnCameras() {
  const { boot, mine, registry, scrape } = useApp();
  if (scrape.current.value !== null || registry.cameras.value !== 0) return null;
  const show = (): void => {
    boot.close();
    mine.importing.value = true;
  };
  return (
    <p class="boot-import">
      Or{" "}
      <button type="button" class="link-button" onClick={show}>
        import cameras of your own
      </button>{" "}
      from a file.
    </p>
  );
}

function BootFoot({ keep, onClose }: { keep: Signal<boolean>; onClose: () => void }) {
  const { choice } = useSourceModels();
  const { registry, scrape } = useApp();
  const running = scrape.current.value;
  const hasCameras = (registry.cameras.value ?? 0) > 0;
  return (
    <footer class="dialog-foot">
      {running === null || choice.ready(running).length > 0 ? (
        <KeepFresh keep={keep} />
      ) : (
        <div class="boot-progress">
          <ProgressBar share={shareOfAll(running)} label="Scrape progress" />
          <span class="num">{count(foundBy(running))} cameras found</span>
        </div>
      )}
      <button type="button" class={`button${hasCameras ? " is-primary" : ""}`} id={CLOSE} onClick={onClose}>
        {hasCameras ? "Open map" : running === null ? "Not now" : "Hide"}
      </button>
      <ScrapeButtons quiet={hasCameras} focus={!hasCameras} keep={keep} />
    </footer>
  );
}

function leadOf({ current, last }: ScrapeWatch): string {
  if (current.value !== null) return "The map opens with the first cameras; the rest follow as their sources are read.";
  return last.value === null
    ? "Argus keeps a registry of public cameras, which its sources list. Choose the sources to read; the button “Sources” changes the choice at any time."
    : "What became of each source is told below. Nothing is lost: scrape again when the cause is mended.";
}
