import type { Camera, CameraFilter, IsoTime } from "@argus/core";
import type { Kysely, SelectQueryBuilder } from "kysely";

import { CameraIndex } from "../index/camera-index.ts";
import { INDEX_COLUMNS, type IndexRow } from "../index-row.ts";
import { lastSeen } from "../last-seen.ts";
import type { StoreEngine } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { TimeSlice } from "../time-slice.ts";
import { CameraQueries, firstWithUrl } from "./camera-queries.ts";
import { readGreatestPk, readState } from "./commit.ts";
import { readCompleted } from "./completed.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Mirror } from "./mirror.ts";
import { isOneOf, recordsByUrl } from "./records.ts";

/** Rows read at once. */
const PORTION = 2000;

/**
 * No index: each question reads what it needs from the database, into an index of its own that lives as long as the
 * answer. Right for programs that ask seldom, or about little.
 */
export class PlainMirror implements Mirror {
  readonly keeper = null;
  readonly #engine: StoreEngine;
  #perSource = new Map<string, number>();
  #completed: ReadonlyMap<string, IsoTime> = new Map();
  followed = 0;
  #greatestPk = 0;

  constructor(engine: StoreEngine) {
    this.#engine = engine;
  }

  get size(): number {
    let sum = 0;
    for (const count of this.#perSource.values()) sum += count;
    return sum;
  }

  countBySource(): Map<string, number> {
    return new Map(this.#perSource);
  }

  async follow(): Promise<void> {
    await this.#engine.read("reading the registry's state", async (db) => {
      const { change_seq } = await readState(db);
      this.#completed = await readCompleted(db);
      this.#greatestPk = await readGreatestPk(db);
      this.#perSource = await countPresent(db);
      this.followed = change_seq;
    });
  }

  async applied(): Promise<void> {
    await this.follow();
  }

  async queriesFor(filter: CameraFilter, pks: Uint32Array | null): Promise<CameraQueries> {
    return new CameraQueries(this.#engine, await this.#indexOf(filter, pks));
  }

  async wholeIndex(): Promise<CameraIndex> {
    return this.#indexOf({ gone: "any" }, null);
  }

  async #indexOf(filter: CameraFilter, pks: Uint32Array | null): Promise<CameraIndex> {
    const index = new CameraIndex();
    const slice = new TimeSlice();
    for await (const row of this.#rows(filter, pks)) {
      index.put({ ...row, last_seen_at: lastSeen(row, this.#completed.get(row.source_id)) });
      if (slice.isOver) await slice.pause();
    }
    await index.settle();
    return index;
  }

  async *#rows(filter: CameraFilter, pks: Uint32Array | null): AsyncGenerator<IndexRow, void> {
    const wanted = pks?.toSorted();
    for (let last = 0; ;) {
      const portion = wanted && firstAfter(wanted, last);
      if (portion?.length === 0) return;
      const rows = await this.#engine.read("reading cameras", (db) => {
        const narrowed = narrow(db.selectFrom("cameras").select(INDEX_COLUMNS), filter).where("pk", ">", last);
        const chosen = portion ? narrowed.where(isOneOf(this.#engine, "pk", portion)) : narrowed;
        return chosen.orderBy("pk").limit(PORTION).execute();
      });
      yield* rows as IndexRow[];
      const end = portion ? portion.at(-1) : rows.length < PORTION ? undefined : rows.at(-1)?.pk;
      if (end === undefined) return;
      last = end;
    }
  }

  async findByUrl(url: string): Promise<Camera | null> {
    const records = await recordsByUrl(this.#engine, url);
    const found = firstWithUrl(
      records.map(({ camera }) => camera),
      url,
    );
    return found && this.correct(found);
  }

  correct(camera: Camera): Camera {
    return { ...camera, last_seen_at: lastSeen(camera, this.#completed.get(camera.source_id)) };
  }

  readonly knowledge: Knowledge = {
    isAtHand: false,
    greatestPk: () => this.#greatestPk,
    find: async (ids) => {
      const rows = await this.#engine.read("looking cameras up", (db) =>
        db
          .selectFrom("cameras")
          .select(["id", "pk", "listing_hash", "gone_at"])
          .where(isOneOf(this.#engine, "id", ids))
          .execute(),
      );
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => {
        const row = byId.get(id);
        return row === undefined ? null : { pk: row.pk, listing_hash: row.listing_hash, isGone: row.gone_at !== null };
      });
    },
    presentExcept: async (sourceId, listed) => {
      const rows = await this.#engine.read("reading the cameras of a source", (db) =>
        db
          .selectFrom("cameras")
          .select(["id", "pk", "last_seen_at"])
          .where("source_id", "=", sourceId)
          .where("gone_at", "is", null)
          .execute(),
      );
      const completeAt = this.#completed.get(sourceId);
      return rows
        .filter(({ id }) => !listed.has(id))
        .map((row) => ({ pk: row.pk, last_seen_at: lastSeen({ ...row, gone_at: null }, completeAt) }));
    },
    lastSeen: async (pks) => {
      const rows = await this.#engine.read("looking cameras up", (db) =>
        db
          .selectFrom("cameras")
          .select(["pk", "source_id", "last_seen_at", "gone_at"])
          .where(isOneOf(this.#engine, "pk", pks))
          .execute(),
      );
      return rows.map((row) => ({ pk: row.pk, last_seen_at: lastSeen(row, this.#completed.get(row.source_id)) }));
    },
  };
}

function firstAfter(sorted: Uint32Array, pk: number): number[] {
  const from = sorted.findIndex((value) => value > pk);
  return from < 0 ? [] : [...sorted.subarray(from, from + PORTION)];
}

type IndexRows = SelectQueryBuilder<Tables, "cameras", unknown>;

/** What the database narrows by itself; the index looks at everything once more. */
function narrow<Rows extends IndexRows>(rows: Rows, filter: CameraFilter): Rows {
  let narrowed: IndexRows = rows;
  const { source, country, kind, gone = "no", duplicates } = filter;
  if (source !== undefined) narrowed = narrowed.where("source_id", "in", source);
  if (country !== undefined) narrowed = narrowed.where("country", "in", country);
  if (kind !== undefined) narrowed = narrowed.where("stream_kind", "in", kind);
  if (gone !== "any") narrowed = narrowed.where("gone_at", gone === "yes" ? "is not" : "is", null);
  if (duplicates === "hide") narrowed = narrowed.where("duplicate_of", "is", null);
  return narrowed as Rows;
}

async function countPresent(db: Kysely<Tables>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("cameras")
    .select(["source_id", (eb) => eb.fn.countAll().as("count")])
    .where("gone_at", "is", null)
    .groupBy("source_id")
    .execute();
  return new Map(rows.map((row) => [row.source_id, Number(row.count)]));
}
