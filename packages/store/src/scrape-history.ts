import type { Scrape } from "@argus/core";
import type { Kysely, SelectQueryBuilder } from "kysely";

import type { Engine } from "./engine.ts";
import type { ScrapesTable, Tables } from "./tables.ts";

/** Older scrapes are forgotten. */
export const MAX_SCRAPES = 500;

/** Past scrapes, newest first. */
export type ScrapeHistory = {
  /** Inserts, or replaces the one with the same id. */
  save(scrape: Scrape): Promise<void>;
  list(limit: number): Promise<Scrape[]>;
};

/** Scrapes of a store that has no database, or none yet. */
export class MemoryScrapes implements ScrapeHistory {
  readonly #scrapes = new Map<string, Scrape>();

  async save(scrape: Scrape): Promise<void> {
    this.#scrapes.set(scrape.id, structuredClone(scrape));
    for (const { id } of this.#newestFirst().slice(MAX_SCRAPES)) this.#scrapes.delete(id);
  }

  async list(limit: number): Promise<Scrape[]> {
    return structuredClone(this.#newestFirst().slice(0, limit));
  }

  #newestFirst(): Scrape[] {
    return [...this.#scrapes.values()]
      .toReversed()
      .toSorted((a, b) => (a.started_at < b.started_at ? 1 : a.started_at > b.started_at ? -1 : 0));
  }
}

/** Scrapes in the database. */
export class StoredScrapes implements ScrapeHistory {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async save({ id, state, sources, started_at, finished_at }: Scrape): Promise<void> {
    const row = { id, state, sources: JSON.stringify(sources), started_at, finished_at };
    await this.#engine.write(`storing scrape ${id}`, (db) =>
      db.transaction().execute((transaction) => saveRow(transaction, row)),
    );
  }

  async list(limit: number): Promise<Scrape[]> {
    const columns = ["id", "state", "sources", "started_at", "finished_at"] as const;
    const rows = await this.#engine.read("reading the scrapes", (db) =>
      newestFirst(db).select(columns).limit(limit).execute(),
    );
    return rows.map((row) => ({ ...row, sources: JSON.parse(row.sources) as Scrape["sources"] }));
  }
}

async function saveRow(transaction: Kysely<Tables>, row: Omit<ScrapesTable, "pk">): Promise<void> {
  await transaction
    .insertInto("scrapes")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  const kept = newestFirst(transaction).select("pk").limit(MAX_SCRAPES);
  await transaction.deleteFrom("scrapes").where("pk", "not in", kept).execute();
}

function newestFirst(db: Kysely<Tables>): SelectQueryBuilder<Tables, "scrapes", object> {
  return db.selectFrom("scrapes").orderBy("started_at", "desc").orderBy("pk", "desc");
}
