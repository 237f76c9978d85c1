import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { useLazy } from "./lazy-part.ts";
import { PartWait } from "./part-wait.tsx";
import { SOURCES_PART } from "./sources-part.ts";

/** All sources: how each stands, its settings, and a scrape of those that are chosen. */
export function SourcesDialog() {
  const { sourcesShown } = useApp();
  return sourcesShown.value ? <OpenSources onClose={() => (sourcesShown.value = false)} /> : null;
}

function OpenSources({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const { module, problem } = useLazy(SOURCES_PART);
  return (
    <Dialog title="Sources" class="sources" onClose={() => module?.leaveSource(app) || onClose()}>
      {module === null ? <PartWait problem={problem} onBack={onClose} /> : <module.SourcesBody onClose={onClose} />}
    </Dialog>
  );
}
