import { useApp } from "./app-context.ts";
import { Notice } from "./notice.tsx";
import { useLazy } from "./use-lazy.ts";

/** One source opened, in place of their list; loaded when it is wanted. */
export function SourcePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { sourceDesk } = useApp();
  const { module, problem } = useLazy(() => import("../sources/settings-panel.tsx"));
  if (module !== null) return <module.SettingsPanel id={id} onClose={onClose} />;
  return (
    <>
      <div class="dialog-body">{problem === null ? <p class="label">Loading…</p> : <Notice problem={problem} />}</div>
      <footer class="dialog-foot">
        <span class="dialog-note" />
        <button type="button" class="button" onClick={() => sourceDesk.close()}>
          All sources
        </button>
      </footer>
    </>
  );
}
