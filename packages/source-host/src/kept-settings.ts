import { isArgusError, type SourceSettings } from "@argus/core";

import type { JoinedOptions } from "./joined-options.ts";
import type { SettingsOfSource, UserSettingsStore } from "./user-settings-store.ts";

/** Another server may change the same source at the same time; each time one of the two gets on. */
const ATTEMPTS = 5;
const NOTHING_KEPT: SettingsOfSource = {
  enabled: null,
  options: {},
  notice_accepted_at: null,
  notice_hash: null,
  held: null,
};

/** What is to be kept about a source from now on; `options`: the same as the source's schema has checked them already. */
export type PlannedSettings = { next: SettingsOfSource; options?: JoinedOptions | null };

export type KeptSettingsParts = {
  store: UserSettingsStore;
  /** Told of what is kept about a source whenever that has changed, here or through another server; may not throw. */
  changed: (settings: SourceSettings, options: JoinedOptions | null, before: SettingsOfSource) => void;
};

/** What the store keeps about sources, as it was last read; changes of one source are made one after the other. */
export class KeptSettings {
  readonly #parts: KeptSettingsParts;
  readonly #known = new Map<string, SourceSettings>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: KeptSettingsParts) {
    this.#parts = parts;
  }

  /** As last read or written. */
  of(sourceId: string): SettingsOfSource {
    return this.#known.get(sourceId) ?? NOTHING_KEPT;
  }

  /** As it is now. @throws what the store throws. */
  async read(sourceId: string): Promise<SettingsOfSource> {
    return (await this.#read(sourceId)) ?? NOTHING_KEPT;
  }

  /** Takes in what others have written meanwhile. @throws what the store throws. */
  async takeIn(): Promise<void> {
    for (const settings of await this.#parts.store.list()) this.#take(settings);
  }

  /**
   * Changes what is kept about a source as `plan` makes it of what is kept now; null leaves it. Where another server comes
   * between, `plan` is asked again. @throws what `plan` and the store throw.
   */
  async change(
    sourceId: string,
    plan: (before: SettingsOfSource) => PlannedSettings | null | Promise<PlannedSettings | null>,
  ): Promise<void> {
    const before = this.#turns.get(sourceId);
    const turn = (async () => {
      await before?.catch(() => undefined);
      await this.#insist(sourceId, plan);
    })();
    this.#turns.set(sourceId, turn);
    try {
      await turn;
    } finally {
      if (this.#turns.get(sourceId) === turn) this.#turns.delete(sourceId);
    }
  }

  async #insist(...[sourceId, plan]: Parameters<KeptSettings["change"]>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const stored = await this.#read(sourceId);
        const planned = await plan(stored ?? NOTHING_KEPT);
        if (planned === null) return;
        const unchangedSince = stored?.updated_at ?? null;
        const settings = await this.#parts.store.put(sourceId, planned.next, { unchangedSince });
        return this.#take(settings, planned.options);
      } catch (error) {
        const isOvertaken = isArgusError(error) && error.code === "ARGUS_PERSONAL_CONFLICT";
        if (!isOvertaken || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #read(sourceId: string): Promise<SourceSettings | null> {
    const settings = await this.#parts.store.get(sourceId);
    if (settings !== null) this.#take(settings);
    return settings;
  }

  #take(settings: SourceSettings, options: JoinedOptions | null = null): void {
    const before = this.of(settings.source_id);
    const known = this.#known.get(settings.source_id);
    if (known !== undefined && known.updated_at >= settings.updated_at) return;
    this.#known.set(settings.source_id, settings);
    this.#parts.changed(settings, options, before);
  }
}
