import { type Clock, describeError, type Log, type SourceChange, type SourceSettings } from "@argus/core";

import { optionsRefused, sourceNotReady, sourcesBroken } from "./errors.ts";
import type { JoinedOptions } from "./joined-options.ts";
import type { KeptSettings, PlannedSettings } from "./kept-settings.ts";
import { planChange, refuseUnchangeable } from "./planned-change.ts";
import type { Roster } from "./roster.ts";
import type { SourceCare } from "./source-care.ts";
import type { SourceCode } from "./source-code.ts";
import type { SettingsOfSource } from "./user-settings-store.ts";

export type UserSettingsParts = {
  kept: KeptSettings;
  roster: Roster;
  care: SourceCare;
  clock: Clock;
  log: Log;
  /** Told of a source whose options have changed. */
  changed: (sourceId: string) => void;
};

/** What users have set about sources: kept, perhaps for other servers too, and in force here. */
export class UserSettings {
  readonly #parts: UserSettingsParts;
  #isUnreadable = false;

  constructor(parts: UserSettingsParts) {
    this.#parts = parts;
  }

  /** Puts in force what others have set meanwhile; when that cannot be read, what was known stays. Never rejects. */
  async takeIn(): Promise<void> {
    try {
      await this.#parts.kept.takeIn();
      this.#isUnreadable = false;
    } catch (error) {
      const reason = describeError(error);
      if (!this.#isUnreadable) this.#parts.log.warn("what is set about sources cannot be read just now", { reason });
      this.#isUnreadable = true;
    }
  }

  /**
   * Changes what is set about a source, all of it or, on an error, nothing.
   * @throws ArgusError ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_BROKEN, ARGUS_SOURCE_OPTION_FIXED, ARGUS_SOURCE_OPTIONS_INVALID,
   *   ARGUS_SOURCE_NO_NOTICE, ARGUS_SOURCE_NOT_READY when it is to be enabled and cannot be run, and what the store throws.
   */
  async change(sourceId: string, change: SourceChange): Promise<void> {
    const { kept, roster, log } = this.#parts;
    const installed = roster.get(sourceId);
    const { source } = installed;
    const what = Object.keys(change).filter((key) => change[key as keyof SourceChange] !== undefined);
    if (what.length === 0) return;
    if (source === null && (change.enabled !== false || what.length > 1))
      throw whyBroken(sourceId, installed.error, change);
    if (source !== null) refuseUnchangeable(source, change, fixedNames(roster.fixed(sourceId)));
    await kept.change(sourceId, (before) => this.#plan(source, before, change));
    log.info("what is set about a source was changed", { source: sourceId, changed: what.join(",") });
  }

  /** Puts in force what is kept about a source, and was not `before`; `options`: the same, checked already. */
  putInForce(settings: SourceSettings, options: JoinedOptions | null, before: SettingsOfSource): void {
    const { roster, care, changed } = this.#parts;
    const { source_id: id } = settings;
    if (!roster.has(id)) return;
    // What else has changed says nothing of a source that is kept fresh without a word of a user.
    if (settings.enabled !== before.enabled) care.setFresh(id, settings.enabled === true);
    const { source } = roster.get(id);
    if (source === null) return;
    const known = roster.options(source);
    const isSame = isAlike(known.user, settings.options);
    roster.use(source, isSame ? known : (options ?? roster.join(source, settings.options)), settings.notice_hash);
    if (!isSame) changed(id);
  }

  async #plan(source: SourceCode | null, before: SettingsOfSource, change: SourceChange): Promise<PlannedSettings> {
    if (source === null) return { next: { ...before, enabled: false } };
    const next = planChange(source, before, change, this.#parts.clock);
    return { next, options: await this.#checked(source, next, change) };
  }

  /** The options as they would be, if the source takes them and may be enabled when it is to be. */
  async #checked(source: SourceCode, next: SettingsOfSource, change: SourceChange): Promise<JoinedOptions> {
    const { roster } = this.#parts;
    const known = roster.options(source);
    const options = isAlike(known.user, next.options) ? known : roster.join(source, next.options);
    await options.settled;
    const { problem: fault = null, issues = [] } = options.read ?? {};
    if (change.options !== undefined && fault !== null) throw optionsRefused(source.id, fault, issues);
    if (change.enabled === true) {
      const { problem } = roster.setUpWith(source, options, next.notice_hash);
      if (problem !== null) throw sourceNotReady(source.id, problem);
    }
    return options;
  }
}

/** The names of options that the app's settings hold. */
export function fixedNames(fixed: unknown): string[] {
  return typeof fixed === "object" && fixed !== null ? Object.keys(fixed) : [];
}

function whyBroken(sourceId: string, error: string | null, { enabled }: SourceChange): Error {
  const problem = error ?? "it did not load";
  return enabled === true ? sourceNotReady(sourceId, problem) : sourcesBroken(new Map([[sourceId, problem]]));
}

function isAlike(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
