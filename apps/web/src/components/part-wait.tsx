import type { Problem } from "../models/problem.ts";
import { Notice } from "./notice.tsx";
import { ProgressBar } from "./progress-bar.tsx";

export type PartWaitProps = {
  /** Why the part could not be loaded; null while it is on its way. */
  problem: Problem | null;
  /** What the button says that leaves it. */
  back?: string;
  onBack: () => void;
};

/** The inside of a dialog before its part is there. */
export function PartWait({ problem, back = "Close", onBack }: PartWaitProps) {
  return (
    <>
      <p class="boot-lead">{problem === null && "Loading…"}</p>
      <div class="dialog-body" aria-busy={problem === null}>
        {problem === null ? <ProgressBar share={null} label="Loading" /> : <Notice problem={problem} />}
      </div>
      <footer class="dialog-foot">
        <span class="dialog-note" />
        <button type="button" class="button" onClick={onBack}>
          {back}
        </button>
      </footer>
    </>
  );
}
