import { type Camera, isOwnSource } from "@argus/core";
import type { ExpressionBuilder, ExpressionWrapper, RawBuilder, SqlBool } from "kysely";

import { isOneOf } from "../registry/records.ts";
import type { StoreEngine } from "../store-engine.ts";
import type { Tables } from "../tables.ts";

/** Rows read at once. */
const PORTION = 500;
const COLUMNS = [
  "pk",
  "change_seq",
  "id",
  "source_id",
  "name",
  "country",
  "region",
  "city",
  "lat",
  "lon",
  "heading_deg",
  "stream_url_hash",
  "snapshot_url_hash",
  "former_place",
  "first_seen_at",
  "gone_at",
  "duplicate_of",
] as const;

/** What a camera is compared with others by. */
export type Look = Pick<Camera, Extract<(typeof COLUMNS)[number], keyof Camera>> & {
  readonly pk: number;
  readonly change_seq: number;
  readonly stream_url_hash: number | null;
  readonly snapshot_url_hash: number | null;
  /** See tables.ts. */
  readonly former_place: string | null;
};

/** A place in the order of (change_seq, pk). */
export type ChangePlace = { readonly change_seq: number; readonly pk: number };

/** Whether it may be linked at all: gone cameras are nobody's view, and what somebody brought along stays as it is. */
export function isLinkable({ gone_at, source_id }: Look): boolean {
  return gone_at === null && !isOwnSource(source_id);
}

/** Cameras by the numbers of their rows. */
export async function looksByPk(engine: StoreEngine, pks: readonly number[]): Promise<Look[]> {
  return inPortions(pks, (portion) => read(engine, () => isOneOf(engine, "pk", portion)));
}

/** The cameras with these ids, and those that one of them stands for. */
export async function groupsOf(engine: StoreEngine, ids: readonly string[]): Promise<Look[]> {
  // Two questions, for each has its index.
  const named = await inPortions(ids, (portion) => read(engine, () => isOneOf(engine, "id", portion)));
  return [...named, ...(await followersOf(engine, ids))];
}

/** The cameras that one of these stands for. */
async function followersOf(engine: StoreEngine, ids: readonly string[]): Promise<Look[]> {
  return inPortions(ids, (portion) => read(engine, () => isOneOf(engine, "duplicate_of", portion)));
}

/** The next cameras written after one place and not after a sequence. */
export async function looksSince(
  engine: StoreEngine,
  after: ChangePlace,
  until: number,
  limit: number,
): Promise<Look[]> {
  return engine.read("reading what has changed", (db) =>
    db
      .selectFrom("cameras")
      .select(COLUMNS)
      .where((eb) => eb(eb.refTuple("change_seq", "pk"), ">", eb.tuple(after.change_seq, after.pk)))
      .where("change_seq", "<=", until)
      .orderBy("change_seq")
      .orderBy("pk")
      .limit(limit)
      .execute(),
  );
}

type Condition = (
  eb: ExpressionBuilder<Tables, "cameras">,
) => RawBuilder<boolean> | ExpressionWrapper<Tables, "cameras", SqlBool>;

function read(engine: StoreEngine, condition: Condition): Promise<Look[]> {
  return engine.read("comparing cameras", (db) => db.selectFrom("cameras").select(COLUMNS).where(condition).execute());
}

async function inPortions<Key>(
  keys: readonly Key[],
  ask: (portion: readonly Key[]) => Promise<Look[]>,
): Promise<Look[]> {
  const looks: Look[] = [];
  for (let from = 0; from < keys.length; from += PORTION) looks.push(...(await ask(keys.slice(from, from + PORTION))));
  return looks;
}
