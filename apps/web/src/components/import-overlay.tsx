import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { Notice } from "./notice.tsx";
import { useLazy } from "./use-lazy.ts";

/** The import of own cameras, loaded when it is wanted. */
export function ImportOverlay() {
  const { importing } = useApp().mine;
  return importing.value ? <OpenImport onClose={() => (importing.value = false)} /> : null;
}

function OpenImport({ onClose }: { onClose: () => void }) {
  const { module, problem } = useLazy(() => import("../import/import-dialog.tsx"));
  if (module !== null) return <module.ImportDialog onClose={onClose} />;
  return (
    <Dialog title="Import cameras" class="import" onClose={onClose}>
      <div class="dialog-body">{problem === null ? <p class="label">Loading…</p> : <Notice problem={problem} />}</div>
      <footer class="dialog-foot">
        <span class="dialog-note" />
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </footer>
    </Dialog>
  );
}
