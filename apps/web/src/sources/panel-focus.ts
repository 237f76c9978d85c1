import { useEffect, useRef } from "preact/hooks";

import type { SourceAction } from "./source-desk.ts";
import { useSourceModels } from "./source-models.ts";

/** The heading of the source that is open. */
export const HEADING = "settings-name";
/** The switch that keeps it up to date. */
export const SWITCH = "keep-switch";

/** What was pressed may be gone when it is done: then the keyboard goes on to what comes next, not to nowhere. */
export function usePanelFocus(): void {
  const busy = useSourceModels().sourceDesk.busy.value;
  const before = useRef<SourceAction | null>(null);
  useEffect(() => {
    const done = before.current;
    before.current = busy;
    if (done === null || busy !== null || document.activeElement !== document.body) return;
    // Once its notice is accepted, a source can be switched on.
    document.getElementById(done === "notice" ? SWITCH : HEADING)?.focus();
  }, [busy]);
}
