import type { ScrapedSource, ScrapeState } from "@argus/core";

import { cutText, describeFault } from "./bounded-text.ts";

/** How a source's own code ended: by itself, with an error, or not in the time it was given to stop. */
export type Ending = { kind: "returned" } | { kind: "threw"; fault: unknown } | { kind: "abandoned" };

/** What a source's part of a scrape ended as, and why. */
export type Verdict = { state: ScrapeState; message: string | null };

export type Circumstances = {
  /** Aborted when the host told the source to stop; the reason says why. */
  stopped: AbortSignal;
  /** Aborted when somebody cancelled the scrape. */
  cancelled: AbortSignal;
  /** Milliseconds it was given to stop. */
  graceMs: number;
  /** What the source said it could not read. */
  partials: readonly string[];
  progress: Pick<ScrapedSource, "found" | "rejected" | "rejections">;
};

const BEST_TO_WORST: readonly ScrapeState[] = ["complete", "partial", "cancelled", "failed"];

/** Judges one source's run. Being told to stop outweighs how it ended: nobody knows what it had left to list. */
export function judge(ending: Ending, { stopped, cancelled, graceMs, partials, progress }: Circumstances): Verdict {
  if (stopped.aborted) {
    const note = ending.kind === "abandoned" ? `; it did not stop within ${graceMs / 1000} s and was ended` : "";
    const byPerson = cancelled.aborted && stopped.reason === cancelled.reason;
    return { state: byPerson ? "cancelled" : "failed", message: describeFault(stopped.reason) + note };
  }
  if (ending.kind === "threw") return { state: "failed", message: describeFault(ending.fault) };
  if (partials.length > 0) return { state: "partial", message: describePartials(partials) };
  if (progress.found === 0) return { state: "failed", message: describeEmpty(progress) };
  return { state: "complete", message: null };
}

/** The worst of the states, from `complete` over `partial` and `cancelled` to `failed`. */
export function worstOf(states: readonly ScrapeState[]): ScrapeState {
  return BEST_TO_WORST.findLast((state) => states.includes(state)) ?? "complete";
}

function describePartials(partials: readonly string[]): string {
  const rest = partials.length - 1;
  return rest > 0 ? `${partials[0]}; and ${rest} more` : cutText(partials[0] ?? "");
}

// A changed format must not look like an origin without cameras.
function describeEmpty({ rejected, rejections }: Circumstances["progress"]): string {
  if (rejected === 0) return "listed no cameras";
  return `listed no cameras: all ${rejected} were rejected, the first for: ${rejections[0]?.reason ?? "an unknown reason"}`;
}
