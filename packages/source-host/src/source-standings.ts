import type { SourceDetails, SourceInfo } from "@argus/core";

import type { InstalledSource } from "./installed-source.ts";
import type { KeptSettings } from "./kept-settings.ts";
import type { Roster } from "./roster.ts";
import type { RunSettings } from "./run-settings.ts";
import type { ScheduledSource } from "./schedule.ts";
import type { Scrapes } from "./scrapes.ts";
import type { SourceCare } from "./source-care.ts";
import { sourceDetails } from "./source-details.ts";
import { sourceInfo } from "./source-list.ts";

export type StandingsParts = {
  settings: RunSettings;
  roster: Roster;
  kept: KeptSettings;
  scrapes: Scrapes;
  care: SourceCare;
};

/** What is said of sources: how each is set up, runs, and stands between its runs. */
export class SourceStandings {
  readonly #parts: StandingsParts;

  constructor(parts: StandingsParts) {
    this.#parts = parts;
  }

  /** Every installed source, broken ones too. */
  list(): SourceInfo[] {
    const { settings, roster } = this.#parts;
    const counts = settings.store.countBySource();
    return roster.entries().map(([id, installed]) => this.#infoOf(id, installed, counts.get(id) ?? 0));
  }

  /** Everything that can be said of a source; secrets by name only. @throws ArgusError ARGUS_SOURCE_UNKNOWN. */
  details(sourceId: string): SourceDetails {
    const { settings, roster, kept, care } = this.#parts;
    const installed = roster.get(sourceId);
    const { source } = installed;
    return sourceDetails({
      info: this.#infoOf(sourceId, installed, settings.store.countBySource().get(sourceId) ?? 0),
      source,
      stand: care.standOf(sourceId),
      intervalS: source === null ? null : roster.intervalS(source),
      usual: { deadlineS: settings.limits.deadlineMs / 1000, memoryMb: settings.bounds.memoryMb },
      user: kept.of(sourceId),
      fixed: roster.fixed(sourceId),
    });
  }

  /** How those of these stand that may be run. */
  runnable(ids: ReadonlySet<string>): Omit<ScheduledSource, "nextTryAt">[] {
    const { roster, scrapes } = this.#parts;
    const ready = roster.ready().filter(({ source }) => ids.has(source.id));
    return ready.map(({ source }) => ({
      id: source.id,
      intervalS: roster.intervalS(source),
      lastRunAt: scrapes.lastRunAt(source.id),
    }));
  }

  #infoOf(id: string, installed: InstalledSource, cameraCount: number): SourceInfo {
    const { roster, scrapes, care } = this.#parts;
    return sourceInfo({
      installed,
      setup: roster.setUp(installed),
      running: scrapes.partOf(id),
      last: scrapes.lastOf(id),
      cameraCount,
      held: care.heldOf(id),
      confirmed: care.confirmedOf(id),
      paused: care.pauseOf(id),
      isEnabled: care.isFresh(id),
      nextRunAt: care.standOf(id).next_run_at,
    });
  }
}
