import { cutText } from "../bounded-text.ts";
import type { ProcessBounds } from "./bounds.ts";

const MAX_WORDS = 200;
const MEND = "look for a newer version of the source";

/** What a person should know about a process that ended before its work was done. */
export function describeExit(
  exit: { code: number | null; signal: NodeJS.Signals | null; stderr: string },
  bounds: ProcessBounds,
): string {
  const { code, signal, stderr } = exit;
  if (/out of memory|allocation failed|FatalOOM/iu.test(stderr))
    return `ran out of memory: it may use ${bounds.memoryMb} MB: let it list less by its options, or ${MEND}`;
  if (signal === "SIGXCPU")
    return `used more than ${bounds.cpuSeconds} s of processor time, the most one run is given: ${MEND}`;
  if (signal === "SIGKILL")
    return "was killed by somebody else, most often by the system for lack of memory: free some, and scrape again";
  if (signal !== null) return `was ended by the signal ${signal}: ${MEND}`;
  return `ended its own process with code ${code}, which a source must never do${lastWords(stderr)}: ${MEND}`;
}

/** The error that Node wrote before it gave up, where it did. */
function lastWords(stderr: string): string {
  const error = /^(?:\w*Error|\w+Exception)\b.*$/mu.exec(stderr)?.[0];
  return error === undefined ? "" : ` (${cutText(error, MAX_WORDS)})`;
}
