import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { Phase, PhaseInput, StoreFigure } from "./figure.ts";

const child = fileURLToPath(new URL("./child.ts", import.meta.url));
const LONGEST_PHASE_MS = 1_200_000;
/** More than any phase may need, so that what it needs shows and is not held down. */
const HEAP_MB = 8192;

/** Runs a phase in a process of its own, so that its memory is its own. Throws when the phase fails or takes too long. */
export async function runPhase(phase: Phase, input: PhaseInput): Promise<StoreFigure[]> {
  const running = fork(child, [phase, JSON.stringify(input)], {
    execArgv: ["--conditions=@argus/source", "--expose-gc", `--max-old-space-size=${HEAP_MB}`],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let figures: StoreFigure[] | null = null;
  running.on("message", (message) => (figures = message as StoreFigure[]));
  const timer = setTimeout(() => running.kill("SIGKILL"), LONGEST_PHASE_MS);
  const [code, signal] = (await once(running, "close").finally(() => clearTimeout(timer))) as unknown[];
  if (code !== 0 || figures === null) {
    throw new Error(`measuring ${phase} with ${input.count} cameras ended with ${String(code ?? signal)}`);
  }
  return figures;
}
