import type { ScrapedSource, SourceInfo, SourceState } from "@argus/core";

import { adviseOnHeld, describeHeld, type HeldListing } from "./held-listings.ts";
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
  held: HeldListing | null;
  /** The listing that was held and is confirmed. */
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
    const message = `failed ${paused.failures} times in a row${again}; last: ${ended?.message ?? "unknown"}`;
    return { state: "paused", message };
  }
  if (held !== null) return { state: "held", message: adviseOnHeld(held) };
  if (ended?.state === "failed") return { state: "failed", message: ended.message };
  const isSettled = ended?.state !== "partial" || (confirmed !== null && ended.message === describeHeld(confirmed));
  return { state: "ready", message: isSettled ? null : ended.message };
}
