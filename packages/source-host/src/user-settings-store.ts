import { ArgusError, type Clock, type SourceSettings } from "@argus/core";

/** What is set about a source, apart from whose and when. */
export type SettingsOfSource = Omit<SourceSettings, "source_id" | "updated_at">;

/** Where what users set about sources is kept; `sourceSettings` of @argus/store's CameraStore fits. */
export type UserSettingsStore = {
  list(): Promise<SourceSettings[]>;
  get(sourceId: string): Promise<SourceSettings | null>;
  /**
   * Replaces what is set; each time `updated_at` is later than before. @throws ArgusError ARGUS_PERSONAL_CONFLICT when
   * somebody else changed it since `unchangedSince` (null: since there was nothing).
   */
  put(
    sourceId: string,
    settings: SettingsOfSource,
    options: { unchangedSince: string | null },
  ): Promise<SourceSettings>;
};

/** Keeps it until the process ends: for hosts that were handed no other place. */
export function userSettingsInMemory(clock: Clock): UserSettingsStore {
  const kept = new Map<string, SourceSettings>();
  return {
    list: async () => [...kept.values()],
    get: async (sourceId) => kept.get(sourceId) ?? null,
    async put(sourceId, settings, { unchangedSince }) {
      const before = kept.get(sourceId)?.updated_at ?? null;
      if (before !== unchangedSince)
        throw new ArgusError("ARGUS_PERSONAL_CONFLICT", `what is set about ${sourceId} was changed by somebody else`);
      const at = Math.max(clock(), before === null ? 0 : Date.parse(before) + 1);
      const stored = { source_id: sourceId, ...structuredClone(settings), updated_at: new Date(at).toISOString() };
      kept.set(sourceId, stored);
      return stored;
    },
  };
}
