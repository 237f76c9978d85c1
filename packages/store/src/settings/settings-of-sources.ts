import { type Clock, parseOrThrow, SourceSettings } from "@argus/core";
import type { Kysely, Selectable } from "kysely";

import { type PersonalEngine, timeAfter, type Unchanged } from "../personal/personal-engine.ts";
import { changedMeanwhile } from "../personal/personal-errors.ts";
import type { SourceSettingsTable, Tables } from "../tables.ts";

const WRITABLE = SourceSettings.omit({ source_id: true, updated_at: true });

/** What is set about a source, apart from whose and when. */
export type SettingsOfSource = Omit<SourceSettings, "source_id" | "updated_at">;

/** What somebody has set about sources: it outlives rescrapes, and sources that are uninstalled. */
export class SettingsOfSources {
  readonly #engine: PersonalEngine;
  readonly #clock: Clock;

  constructor(engine: PersonalEngine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** All, by source. */
  async list(): Promise<SourceSettings[]> {
    return this.#engine.read("reading what is set about sources", listSettings);
  }

  /** Null while nothing has been set. */
  async get(sourceId: string): Promise<SourceSettings | null> {
    return this.#engine.read("reading what is set about a source", (db) => getSettings(db, sourceId));
  }

  /**
   * Replaces what is set about a source. @throws ArgusError ARGUS_PERSONAL_CONFLICT when it was changed since,
   * ARGUS_REQUEST_INVALID.
   */
  async put(sourceId: string, settings: SettingsOfSource, { unchangedSince }: Unchanged = {}): Promise<SourceSettings> {
    const valid = parseOrThrow(WRITABLE, settings, "what is to be set", "ARGUS_REQUEST_INVALID");
    return this.#engine.write("setting something about a source", async ({ db }) => {
      const updatedAt = (await getSettings(db, sourceId))?.updated_at ?? null;
      if (unchangedSince !== undefined && unchangedSince !== updatedAt)
        throw changedMeanwhile(`what is set about source ${sourceId}`, updatedAt);
      const stored = { source_id: sourceId, ...valid, updated_at: timeAfter(this.#clock, updatedAt) };
      await putSettings(db, stored);
      return stored;
    });
  }
}

/** Takes over what another database has; of two about one source the later stays. May be repeated. */
export async function absorbSettings(from: PersonalEngine, to: PersonalEngine): Promise<void> {
  const given = await from.read("reading what is set about sources", listSettings);
  if (given.length === 0) return;
  await to.write("storing what is set about sources", async ({ db }) => {
    for (const settings of given) {
      const known = await getSettings(db, settings.source_id);
      if (known === null || known.updated_at < settings.updated_at) await putSettings(db, settings);
    }
  });
}

async function listSettings(db: Kysely<Tables>): Promise<SourceSettings[]> {
  return (await db.selectFrom("source_settings").selectAll().orderBy("source_id").execute()).map(toSettings);
}

async function getSettings(db: Kysely<Tables>, sourceId: string): Promise<SourceSettings | null> {
  const query = db.selectFrom("source_settings").selectAll().where("source_id", "=", sourceId);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : toSettings(row);
}

async function putSettings(db: Kysely<Tables>, settings: SourceSettings): Promise<void> {
  const { source_id: _id, ...changed } = toRow(settings);
  await db
    .insertInto("source_settings")
    .values(toRow(settings))
    .onConflict((conflict) => conflict.column("source_id").doUpdateSet(changed))
    .execute();
}

function toSettings({ enabled, options, held, ...row }: Selectable<SourceSettingsTable>): SourceSettings {
  return {
    ...row,
    enabled: enabled === null ? null : enabled === 1,
    options: JSON.parse(options) as SourceSettings["options"],
    held: held === null ? null : (JSON.parse(held) as SourceSettings["held"]),
  };
}

function toRow({ enabled, options, held, ...settings }: SourceSettings): SourceSettingsTable {
  return {
    ...settings,
    enabled: enabled === null ? null : Number(enabled),
    options: JSON.stringify(options),
    held: held === null ? null : JSON.stringify(held),
  };
}
