import { useApp } from "./app-context.ts";
import { Dialog } from "./dialog.tsx";
import { LazyPart, useLazy } from "./lazy-part.ts";
import { PartWait } from "./part-wait.tsx";

/** The import, from choosing a file to what it has done. */
export const IMPORT_PART = new LazyPart(() => import("../import/import-dialog.tsx"));

/** The import of own cameras, loaded when it is wanted. */
export function ImportOverlay() {
  const { importing } = useApp().mine;
  return importing.value ? <OpenImport onClose={() => (importing.value = false)} /> : null;
}

function OpenImport({ onClose }: { onClose: () => void }) {
  const { module, problem } = useLazy(IMPORT_PART);
  if (module !== null) return <module.ImportDialog onClose={onClose} />;
  return (
    <Dialog title="Import cameras" class="import" onClose={onClose}>
      <PartWait problem={problem} onBack={onClose} />
    </Dialog>
  );
}
