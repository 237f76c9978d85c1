import { LazyPart, useLazy } from "../components/lazy-part.ts";
import { PartWait } from "../components/part-wait.tsx";
import { useSourceModels } from "./source-models.ts";

export const SETTINGS_PART = new LazyPart(() => import("./settings-panel.tsx"));

/** One source opened, in place of their list; loaded when it is wanted. */
export function SourcePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { sourceDesk } = useSourceModels();
  const { module, problem } = useLazy(SETTINGS_PART);
  if (module !== null) return <module.SettingsPanel id={id} onClose={onClose} />;
  return <PartWait problem={problem} back="All sources" onBack={() => sourceDesk.close()} />;
}
