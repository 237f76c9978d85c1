import type { App } from "../models/app.ts";
import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { Mark } from "./icons.tsx";
import { useLazy } from "./lazy-part.ts";
import { PartWait } from "./part-wait.tsx";
import { SOURCES_PART } from "./sources-part.ts";

/** Greets whoever opens an empty registry: choose sources, scrape them, see the first cameras. */
export function BootOverlay() {
  return useApp().boot.state.value === "open" ? <OpenBoot /> : null;
}

function OpenBoot() {
  const app = useApp();
  const { boot, registry } = app;
  const { module, problem } = useLazy(SOURCES_PART);
  const close = (): void => boot.close();
  return (
    <Dialog title={titleOf(app)} class="boot" onClose={() => module?.leaveSource(app) || close()}>
      <div class="boot-brand">
        <Mark />
        <span>Argus</span>
        {registry.version.value !== null && <span class="boot-version">Version {registry.version.value}</span>}
      </div>
      {module === null ? <PartWait problem={problem} onBack={close} /> : <module.BootBody onClose={close} />}
    </Dialog>
  );
}

function titleOf({ registry, scrape }: Pick<App, "registry" | "scrape">): string {
  if (scrape.current.value !== null) return "Finding cameras";
  if (scrape.last.value === null) return "No cameras yet";
  return (registry.cameras.value ?? 0) > 0 ? "Cameras found, but not all" : "No cameras found";
}
