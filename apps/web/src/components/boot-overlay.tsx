import { count } from "../format.ts";
import type { ScrapeWatch } from "../models/scrape-watch.ts";
import { foundBy, shareOfAll } from "../models/scrape-progress.ts";
import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { Mark } from "./icons.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { ScrapeButtons, ScrapeProblem } from "./scrape-buttons.tsx";
import { SourcePicker } from "./source-picker.tsx";

/** Greets whoever opens an empty registry: choose sources, scrape them, see the first cameras. */
export function BootOverlay() {
  const { boot, mine, registry, scrape } = useApp();
  if (boot.state.value !== "open") return null;
  const running = scrape.current.value;
  const cameras = registry.cameras.value ?? 0;
  const words = wordsOf(scrape, cameras);
  return (
    <Dialog title={words.title} class="boot" onClose={() => boot.close()}>
      <div class="boot-brand">
        <Mark />
        <span>Argus</span>
      </div>
      <p class="boot-lead">{words.lead}</p>
      <div class="dialog-body">
        <SourcePicker />
        <ScrapeProblem />
        {running === null && cameras === 0 && (
          <p class="boot-import">
            Or{" "}
            <button
              type="button"
              class="link-button"
              onClick={() => {
                boot.close();
                mine.importing.value = true;
              }}
            >
              import cameras of your own
            </button>{" "}
            from a file.
          </p>
        )}
      </div>
      <footer class="dialog-foot">
        {running === null ? (
          <span class="dialog-note">{registry.version.value !== null && `Version ${registry.version.value}`}</span>
        ) : (
          <div class="boot-progress">
            <ProgressBar share={shareOfAll(running)} label="Scrape progress" />
            <span class="num">{count(foundBy(running))} cameras found</span>
          </div>
        )}
        <button type="button" class={`button${cameras > 0 ? " is-primary" : ""}`} onClick={() => boot.close()}>
          {cameras > 0 ? "Open map" : running === null ? "Not now" : "Hide"}
        </button>
        <ScrapeButtons quiet={cameras > 0} />
      </footer>
    </Dialog>
  );
}

function wordsOf(scrape: ScrapeWatch, cameras: number): { title: string; lead: string } {
  if (scrape.current.value !== null)
    return {
      title: "Finding cameras",
      lead: "The map opens with the first cameras; the rest follow as their sources are read.",
    };
  if (scrape.last.value === null) {
    return {
      title: "No cameras yet",
      lead: "Argus keeps a registry of public cameras, which its sources list. Choose the sources to read; Rescrape changes the choice at any time.",
    };
  }
  const lead = "What became of each source is told below. Nothing is lost: scrape again when the cause is mended.";
  return { title: cameras > 0 ? "Cameras found, but not all" : "No cameras found", lead };
}
