import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { count } from "../format.ts";
import type { ScrapeWatch } from "../models/scrape-watch.ts";
import { foundBy, shareOfAll } from "../models/scrape-progress.ts";
import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { Mark } from "./icons.tsx";
import { KeepFresh } from "./keep-fresh.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { ScrapeButtons, ScrapeProblem } from "./scrape-buttons.tsx";
import { SourcePanel } from "./source-panel.tsx";
import { SourcePicker } from "./source-picker.tsx";

/** Greets whoever opens an empty registry: choose sources, scrape them, see the first cameras. */
export function BootOverlay() {
  return useApp().boot.state.value === "open" ? <OpenBoot /> : null;
}

function OpenBoot() {
  const { boot, choice, registry, scrape, sourceDesk } = useApp();
  const keep = useSignal(true);
  const open = sourceDesk.id.value;
  const words = wordsOf(scrape, registry.cameras.value ?? 0);
  useEffect(
    () => () => {
      sourceDesk.close();
      sourceDesk.takeClosed();
      choice.filter.value = "";
    },
    [],
  );
  return (
    <Dialog title={words.title} class="boot" onClose={() => (open === null ? boot.close() : sourceDesk.close())}>
      <div class="boot-brand">
        <Mark />
        <span>Argus</span>
        {registry.version.value !== null && <span class="boot-version">Version {registry.version.value}</span>}
      </div>
      {open === null ? (
        <>
          <p class="boot-lead">{words.lead}</p>
          <div class="dialog-body">
            <SourcePicker />
            <ScrapeProblem />
          </div>
          <OwnCameras />
          <BootFoot keep={keep} />
        </>
      ) : (
        <SourcePanel key={open} id={open} onClose={() => boot.close()} />
      )}
    </Dialog>
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

function BootFoot({ keep }: { keep: Signal<boolean> }) {
  const { boot, choice, registry, scrape } = useApp();
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
      <button type="button" class={`button${hasCameras ? " is-primary" : ""}`} onClick={() => boot.close()}>
        {hasCameras ? "Open map" : running === null ? "Not now" : "Hide"}
      </button>
      <ScrapeButtons quiet={hasCameras} focus={!hasCameras} keep={keep} />
    </footer>
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
      lead: "Argus keeps a registry of public cameras, which its sources list. Choose the sources to read; the button “Sources” changes the choice at any time.",
    };
  }
  const lead = "What became of each source is told below. Nothing is lost: scrape again when the cause is mended.";
  return { title: cameras > 0 ? "Cameras found, but not all" : "No cameras found", lead };
}
