import type { ChildProcess } from "node:child_process";
import process from "node:process";

/** The Node that this process runs in, and what it was started with. */
export const node = {
  path: process.execPath,
  version: process.version,
  arguments: process.execArgv,
  /** Whether it knows an option. */
  knows: (flag: string): boolean => process.allowedNodeEnvironmentFlags.has(flag),
};

const living = new Set<ChildProcess>();

/** Sees to it that this process leaves none of its children behind, whichever way it exits. */
export function keepTrack(child: ChildProcess): void {
  if (living.size === 0) process.on("exit", endAll);
  living.add(child);
  child.once("exit", () => {
    living.delete(child);
    if (living.size === 0) process.off("exit", endAll);
  });
}

function endAll(): void {
  for (const child of living) child.kill("SIGKILL");
}
