import type { IsoTime, Scrape } from "@argus/core";
import type { Kysely, SelectQueryBuilder } from "kysely";

import type { StoreEngine } from "../store-engine.ts";
import type { ScrapesTable, Tables } from "../tables.ts";

/** Older scrapes are forgotten. */
export const MAX_SCRAPES = 500;

/** Past scrapes, newest first. */
export class ScrapeHistory {
  readonly #engine: StoreEngine;

  constructor(engine: StoreEngine) {
    this.#engine = engine;
  }

  /** Inserts, or replaces the one with the same id. */
  async save({ id, state, sources, started_at, finished_at }: Scrape, saved_at: IsoTime): Promise<void> {
    const row = { id, state, sources: JSON.stringify(sources), started_at, finished_at, saved_at };
    await this.#engine.write(`storing scrape ${id}`, ({ db }) => saveRow(db, row));
  }

  async list(limit: number): Promise<Scrape[]> {
    const columns = ["id", "state", "sources", "started_at", "finished_at"] as const;
    const rows = await this.#engine.read("reading the scrapes", (db) =>
      newestFirst(db).select(columns).limit(limit).execute(),
    );
    return rows.map((row) => ({ ...row, sources: JSON.parse(row.sources) as Scrape["sources"] }));
  }

  /** Null when there is no such scrape. */
  async savedAt(id: string): Promise<IsoTime | null> {
    const row = await this.#engine.read("reading when a scrape was saved", (db) =>
      db.selectFrom("scrapes").select("saved_at").where("id", "=", id).executeTakeFirst(),
    );
    return row?.saved_at ?? null;
  }
}

async function saveRow(db: Kysely<Tables>, row: Omit<ScrapesTable, "pk">): Promise<void> {
  await db
    .insertInto("scrapes")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  const kept = newestFirst(db).select("pk").limit(MAX_SCRAPES);
  await db.deleteFrom("scrapes").where("pk", "not in", kept).execute();
}

function newestFirst(db: Kysely<Tables>): SelectQueryBuilder<Tables, "scrapes", object> {
  return db.selectFrom("scrapes").orderBy("started_at", "desc").orderBy("pk", "desc");
}
