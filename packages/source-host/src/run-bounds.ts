import type { HostLimits } from "./limits.ts";
import type { Allowance } from "./own-options.ts";
import type { ProcessBounds } from "./process/bounds.ts";

const MS_PER_S = 1000;

/** What one source's work is bounded by. */
export type RunBounds = {
  /** The most time for one reading, in milliseconds. */
  deadlineMs: number;
  bounds: ProcessBounds;
};

/**
 * The host's bounds, with what is set about one source. Whoever may take more time than usual may compute for as much more
 * of it; of less time as much as usual, for its deadline ends it.
 */
export function runBounds(
  { deadlineS, memoryMb }: Allowance,
  { limits, bounds }: { limits: Pick<HostLimits, "deadlineMs">; bounds: ProcessBounds },
): RunBounds {
  const deadlineMs = deadlineS === null ? limits.deadlineMs : deadlineS * MS_PER_S;
  const share = Math.max(1, deadlineMs / limits.deadlineMs);
  return {
    deadlineMs,
    bounds: {
      ...bounds,
      memoryMb: memoryMb ?? bounds.memoryMb,
      cpuSeconds: Math.ceil(bounds.cpuSeconds * share),
    },
  };
}
