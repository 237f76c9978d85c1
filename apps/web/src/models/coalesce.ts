export type Coalesced = {
  ask: () => void;
  dispose: () => void;
};

/** Runs `work` when asked, but at most once per `intervalMs`; what is asked meanwhile runs once at its end. */
export function coalesce(work: () => void, intervalMs: number): Coalesced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const run = (): void => {
    asked = false;
    timer = setTimeout(rest, intervalMs);
    work();
  };
  const rest = (): void => {
    timer = undefined;
    if (asked) run();
  };
  return {
    ask: () => {
      if (timer === undefined) run();
      else asked = true;
    },
    dispose: () => {
      clearTimeout(timer);
      timer = undefined;
      asked = false;
    },
  };
}
