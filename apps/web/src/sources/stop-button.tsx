import { useLayoutEffect, useRef } from "preact/hooks";

import { Icon } from "../components/icons.tsx";
import { useSourceModels } from "./source-models.ts";

export type StopButtonProps = {
  id: string;
  name: string;
  /** The element that the keyboard goes to when the source is read no more, and this button is gone. */
  after: string;
};

/** Stops the reading of one source; others are read on. */
export function StopButton({ id, name, after }: StopButtonProps) {
  const { stops } = useSourceModels();
  const button = useRef<HTMLButtonElement>(null);
  const stopping = stops.isStopping(id);
  // Another effect would be cleaned up when the button, and the keyboard with it, is already gone.
  useLayoutEffect(
    () => () => {
      if (document.activeElement === button.current) document.getElementById(after)?.focus();
    },
    [],
  );
  return (
    <button
      ref={button}
      type="button"
      class="button source-stop"
      aria-label={`${stopping ? "Stopping" : "Stop"} reading ${name}`}
      title="Stop reading it; others are read on"
      aria-disabled={stopping}
      onClick={() => void stops.stop(id)}
    >
      <Icon name="close" />
      <span class="button-label">Stop</span>
    </button>
  );
}

/** Why the source could not be stopped. */
export function StopFault({ id }: { id: string }) {
  const problem = useSourceModels().stops.problemOf(id);
  if (problem === null) return null;
  return (
    <span class="source-fault" role="alert">
      It was not stopped. {problem.message} {problem.advice}
    </span>
  );
}
