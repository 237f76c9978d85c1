/** Where a command of `argus db` writes. */
export type Terminal = {
  /** What was asked for. */
  print(line: string): void;
  /** How far it is, in one line that the next one replaces; nothing where nobody watches. */
  progress(line: string): void;
};

const MIN_PAUSE_MS = 100;
const CLEAR_LINE = "\r\u001b[K";

/** Answers on stdout; progress on stderr, and only where that is a terminal. */
export function openTerminal(out: NodeJS.WriteStream, err: NodeJS.WriteStream): Terminal {
  let shownAt = 0;
  let isShown = false;
  return {
    print(line) {
      if (isShown) err.write(CLEAR_LINE);
      isShown = false;
      out.write(`${line}\n`);
    },
    progress(line) {
      const now = performance.now();
      if (!err.isTTY || now - shownAt < MIN_PAUSE_MS) return;
      err.write(`${CLEAR_LINE}${line}`);
      shownAt = now;
      isShown = true;
    },
  };
}
