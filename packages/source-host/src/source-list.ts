import type { HeldListing, ScrapedSource, SourceInfo, SourceState } from "@argus/core";

import { adviseOnHeld, describeConfirmed, isDescribedAsHeld } from "./held-listings.ts";
import { idOf, type InstalledSource } from "./installed-source.ts";
import type { LastPart } from "./scrape-history.ts";
import type { SourceSetup } from "./source-setup.ts";

export type SourceStanding = {
  installed: InstalledSource;
  /** Null when it is broken. */
  setup: SourceSetup | null;
  /** Its unfinished part of a scrape. */
  running: ScrapedSource | null;
  last: LastPart | null;
  cameraCount: number;
  /** The listing that waits for somebody's word. */
  held: HeldListing | null;
  /** The one that was confirmed, and waits for the next listing. */
  confirmed: HeldListing | null;
  /** Set when it failed so often that it is paused. */
  paused: { failures: number; nextTryAt: string } | null;
  isEnabled: boolean;
  /** When it is next run by itself. */
  nextRunAt: string | null;
};

/** A source as the API shows it. */
export function sourceInfo(standing: SourceStanding): SourceInfo {
  const { installed, setup, last, cameraCount } = standing;
  const { source } = installed;
  const id = idOf(installed);
  return {
    id,
    name: source?.name ?? id,
    description: source?.description ?? "",
    region: installed.region ?? null,
    enabled_by_default: source?.enabled_by_default ?? false,
    required_env: [...(source?.required_env ?? [])],
    missing_env: [...(setup?.missingEnv ?? [])],
    attribution: source?.attribution ?? "",
    licence: source?.licence ?? "unknown",
    terms_url: source?.terms_url ?? null,
    package: installed.package,
    version: installed.version,
    enabled: standing.isEnabled,
    needs_notice: setup?.needsNotice ?? false,
    ...stateOf(standing),
    last_failure: lastFailure(standing),
    camera_count: cameraCount,
    last_scrape:
      last === null ? null : { id: last.scrape.id, state: last.part.state, finished_at: last.part.finished_at },
    next_run_at: standing.nextRunAt,
  };
}

function stateOf(standing: SourceStanding): { state: SourceState; message: string | null } {
  const { installed, setup, running, last, held, confirmed, paused, isEnabled } = standing;
  if (setup === null) return { state: "broken", message: installed.error ?? "it did not load" };
  if (running !== null) return { state: "running", message: running.message };
  const ended = last?.part;
  if (setup.problem !== null) return { state: "unconfigured", message: setup.problem };
  if (paused !== null) {
    const again = isEnabled ? `, and is tried again at ${paused.nextTryAt}` : "";
    const failure = lastFailure(standing);
    // It may have been cancelled since.
    const told = failure === null ? "" : `; last: ${failure}`;
    return { state: "paused", message: `failed ${paused.failures} times in a row${again}${told}` };
  }
  if (held !== null) return { state: "held", message: adviseOnHeld(held) };
  if (ended?.state === "failed") return { state: "failed", message: ended.message };
  if (confirmed !== null) return { state: "ready", message: describeConfirmed(confirmed) };
  // What was held then, and is so no more, is settled.
  const isSettled = ended?.state !== "partial" || isDescribedAsHeld(ended.message);
  return { state: "ready", message: isSettled ? null : ended.message };
}

function lastFailure({ last }: SourceStanding): string | null {
  return last?.part.state === "failed" ? last.part.message : null;
}
