import type { ScrapedSource, SourceInfo, SourceState } from "@argus/core";

import { describeHeld, type HeldListing } from "./held-listings.ts";
import { idOf, type InstalledSource } from "./installed-source.ts";
import type { LastPart } from "./scrape-history.ts";
import type { SourceSetup } from "./source-setup.ts";

export type SourceStanding = {
  installed: InstalledSource;
  /** Null when it is broken. */
  setup: SourceSetup | null;
  /** Its part of the running scrape. */
  running: ScrapedSource | null;
  last: LastPart | null;
  cameraCount: number;
  held: HeldListing | null;
  /** Set when it failed so often that it is paused. */
  paused: { failures: number; nextTryAt: string } | null;
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
    ...stateOf(standing),
    camera_count: cameraCount,
    last_scrape:
      last === null ? null : { id: last.scrape.id, state: last.part.state, finished_at: last.part.finished_at },
  };
}

function stateOf({ installed, setup, running, last, held, paused }: SourceStanding): {
  state: SourceState;
  message: string | null;
} {
  if (setup === null) return { state: "broken", message: installed.error ?? "it did not load" };
  if (running?.finished_at === null) return { state: "running", message: running.message };
  const ended = running ?? last?.part;
  if (setup.problem !== null) return { state: "unconfigured", message: setup.problem };
  if (paused !== null)
    return {
      state: "paused",
      message: `failed ${paused.failures} times in a row, and is tried again at ${paused.nextTryAt}; last: ${ended?.message ?? "unknown"}`,
    };
  if (held !== null) return { state: "held", message: describeHeld(held) };
  if (ended?.state === "failed") return { state: "failed", message: ended.message };
  return { state: "ready", message: ended?.state === "partial" ? ended.message : null };
}
