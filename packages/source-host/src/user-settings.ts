import { type Clock, describeError, isArgusError, type Log, type SourceChange, type SourceSettings } from "@argus/core";

import { optionsRefused, sourceNotReady, sourcesBroken } from "./errors.ts";
import type { JoinedOptions } from "./joined-options.ts";
import { planChange, refuseUnchangeable } from "./planned-change.ts";
import type { Roster } from "./roster.ts";
import type { SourceCare } from "./source-care.ts";
import type { SourceCode } from "./source-code.ts";
import type { SettingsOfSource, UserSettingsStore } from "./user-settings-store.ts";

/** Another server may change the same source at the same time; each time one of the two gets on. */
const ATTEMPTS = 5;
const NOTHING_SET: SettingsOfSource = { enabled: null, options: {}, notice_accepted_at: null, notice_hash: null };

export type UserSettingsParts = {
  store: UserSettingsStore;
  roster: Roster;
  care: SourceCare;
  clock: Clock;
  log: Log;
  /** Told of a source whose options have changed. */
  changed: (sourceId: string) => void;
};

/** What users have set about sources: kept in a store, perhaps shared with other servers, and in force here. */
export class UserSettings {
  readonly #parts: UserSettingsParts;
  readonly #inForce = new Map<string, SourceSettings>();
  readonly #turns = new Map<string, Promise<unknown>>();
  #isUnreadable = false;

  constructor(parts: UserSettingsParts) {
    this.#parts = parts;
  }

  /** What is in force. */
  of(sourceId: string): SettingsOfSource {
    return this.#inForce.get(sourceId) ?? NOTHING_SET;
  }

  /** Puts in force what others have set meanwhile; when that cannot be read, what was known stays. Never rejects. */
  async takeIn(): Promise<void> {
    try {
      for (const settings of await this.#parts.store.list()) this.#takeInOne(settings);
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
    const before = this.#turns.get(sourceId);
    const turn = (async () => {
      await before?.catch(() => undefined);
      await this.#insist(sourceId, change);
    })();
    this.#turns.set(sourceId, turn);
    try {
      await turn;
    } finally {
      if (this.#turns.get(sourceId) === turn) this.#turns.delete(sourceId);
    }
  }

  async #insist(sourceId: string, change: SourceChange): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#changeOnce(sourceId, change);
      } catch (error) {
        const isOvertaken = isArgusError(error) && error.code === "ARGUS_PERSONAL_CONFLICT";
        if (!isOvertaken || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #changeOnce(sourceId: string, change: SourceChange): Promise<void> {
    const { store, roster, clock, log } = this.#parts;
    const installed = roster.get(sourceId);
    const { source } = installed;
    const what = Object.keys(change).filter((key) => change[key as keyof SourceChange] !== undefined);
    if (what.length === 0) return;
    if (source === null && (change.enabled !== false || what.length > 1))
      throw whyBroken(sourceId, installed.error, change);
    if (source !== null) refuseUnchangeable(source, change, fixedNames(roster.fixed(sourceId)));

    const stored = await store.get(sourceId);
    const before = stored ?? NOTHING_SET;
    const next = source === null ? { ...before, enabled: false } : planChange(source, before, change, clock);
    const options = source === null ? null : await this.#checked(source, next, change);
    const settings = await store.put(sourceId, next, { unchangedSince: stored?.updated_at ?? null });
    this.#putInForce(settings, options);
    log.info("what is set about a source was changed", { source: sourceId, changed: what.join(",") });
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

  #takeInOne(settings: SourceSettings): void {
    const known = this.#inForce.get(settings.source_id);
    if (known !== undefined && known.updated_at >= settings.updated_at) return;
    this.#putInForce(settings, null);
  }

  /** `options`: those that were checked already. */
  #putInForce(settings: SourceSettings, options: JoinedOptions | null): void {
    const { roster, care, changed } = this.#parts;
    const { source_id: id } = settings;
    this.#inForce.set(id, settings);
    if (!roster.has(id)) return;
    care.setFresh(id, settings.enabled === true);
    const { source } = roster.get(id);
    if (source === null) return;
    const known = roster.options(source);
    const isSame = isAlike(known.user, settings.options);
    roster.use(source, isSame ? known : (options ?? roster.join(source, settings.options)), settings.notice_hash);
    if (!isSame) changed(id);
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
