const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const EXIT_BY_SIGNAL = 130;

/** Resolves with the first signal that asks the process to stop; a second one ends it at once. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(EXIT_BY_SIGNAL);
      asked = true;
      resolve(signal);
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
  });
}
