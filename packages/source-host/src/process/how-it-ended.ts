import { cutText } from "../bounded-text.ts";
import { MAX_DEADLINE_S, MAX_MEMORY_MB } from "../own-options.ts";
import type { Job } from "../wire/to-child.ts";
import type { ProcessBounds } from "./bounds.ts";

const MAX_WORDS = 200;
const MEND = "look for a newer version of the source";

/** What a person should know about a process that ended before its work was done. */
export function describeExit(
  exit: { code: number | null; signal: NodeJS.Signals | null; stderr: string },
  { bounds, job }: { bounds: ProcessBounds; job: Pick<Job, "kind"> },
): string {
  const { code, signal, stderr } = exit;
  // What it does before there are any options is bounded by none of them.
  const hasOptions = job.kind !== "describe";
  if (/out of memory|allocation failed|FatalOOM/iu.test(stderr)) {
    const mend = hasOptions ? `${moreMemory(bounds)}let it list less by its other options, or ${MEND}` : MEND;
    return `ran out of memory: it may use ${bounds.memoryMb} MB: ${mend}`;
  }
  if (signal === "SIGXCPU") {
    const more = hasOptions ? `more comes with a longer deadline_s among its options, ${MAX_DEADLINE_S} at most; ` : "";
    return `used more than ${bounds.cpuSeconds} s of processor time, the most one run is given: ${more}${MEND}`;
  }
  if (signal === "SIGKILL")
    return "was killed by somebody else, most often by the system for lack of memory: free some, and scrape again";
  if (signal !== null) return `was ended by the signal ${signal}: ${MEND}`;
  return `ended its own process with code ${code}, which a source must never do${lastWords(stderr)}: ${MEND}`;
}

function moreMemory({ memoryMb }: ProcessBounds): string {
  return memoryMb < MAX_MEMORY_MB ? `raise its option memory_mb (to ${MAX_MEMORY_MB} at most), ` : "";
}

/** The error that Node wrote before it gave up, where it did. */
function lastWords(stderr: string): string {
  const error = /^(?:\w*Error|\w+Exception)\b.*$/mu.exec(stderr)?.[0];
  return error === undefined ? "" : ` (${cutText(error, MAX_WORDS)})`;
}
