import { constants, setPriority } from "node:os";

/**
 * Puts a process behind the host, whose page people wait for, and behind those that start: a listing can wait, and one that
 * never ends takes what the others leave.
 */
export function letOthersFirst(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system knows no priorities.
  }
}
