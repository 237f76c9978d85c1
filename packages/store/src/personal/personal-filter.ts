import type { CameraFilter } from "@argus/core";
import { type Kysely, sql } from "kysely";

import type { Tables } from "../tables.ts";
import { TimeSlice } from "../time-slice.ts";
import type { PersonalEngine } from "./personal-engine.ts";
import { readVersion } from "./personal-version.ts";

export type PersonalFilter = Pick<CameraFilter, "favourite" | "collection">;

/** Filters whose answers are remembered: a list is paged, counted and drawn under the same one. */
const REMEMBERED = 4;
/** How many numbers are read between two looks at the clock. */
const STRIDE = 4096;
const COMMA = 0x2c;
const ZERO = 0x30;
const BASE = 10;

type Known = { readonly version: string; readonly pks: Uint32Array };

/** Which of the registry's rows are favourites or in collections. */
export class PersonalPks {
  readonly #engine: Pick<PersonalEngine, "read">;
  readonly #known = new Map<string, Known>();

  constructor(engine: Pick<PersonalEngine, "read">) {
    this.#engine = engine;
  }

  /**
   * The pks of the cameras, gone ones included, that a filter's `favourite` and `collection` select: those in both where
   * both are given; null where neither is. Collections that do not exist hold none.
   */
  async of({ favourite, collection }: PersonalFilter): Promise<Uint32Array | null> {
    if (favourite === undefined && collection === undefined) return null;
    const key = JSON.stringify([favourite ?? null, collection?.toSorted() ?? null]);
    const doing = "reading which cameras are favourites or in collections";
    const version = await this.#engine.read(doing, readVersion);
    const known = this.#known.get(key);
    if (known?.version === version) return known.pks;
    // Read after the version: at worst the answer is newer than what it is remembered as.
    const text = await this.#engine.read(doing, (db) => selectPks(db, { favourite, collection }));
    const pks = await numbersIn(text);
    this.#remember(key, { version, pks });
    return pks;
  }

  #remember(key: string, known: Known): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const oldest of [...this.#known.keys()].slice(0, -REMEMBERED)) this.#known.delete(oldest);
  }
}

/** As one text: a hundred thousand rows would be as many objects on their way from the database's thread. */
async function selectPks(
  db: Kysely<Tables>,
  { favourite, collection }: { [Key in keyof PersonalFilter]: PersonalFilter[Key] | undefined },
): Promise<string> {
  let query = db.selectFrom("cameras").select(sql<string | null>`string_agg(cast(pk as text), ',')`.as("pks"));
  if (favourite !== undefined)
    query = query.where("id", "in", (inner) => inner.selectFrom("favourites").select("camera_id"));
  if (collection !== undefined)
    query = query.where("id", "in", (inner) =>
      inner.selectFrom("collection_cameras").select("camera_id").where("collection_id", "in", collection),
    );
  return (await query.executeTakeFirstOrThrow()).pks ?? "";
}

/** Whole numbers with commas between them, read in slices of time. */
async function numbersIn(text: string): Promise<Uint32Array> {
  if (text === "") return new Uint32Array();
  const slice = new TimeSlice();
  const numbers = new Uint32Array(Math.ceil(text.length / 2));
  let count = 0;
  let number = 0;
  // Character by character: splitting so long a text would make as many texts as there are numbers.
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : COMMA;
    if (code !== COMMA) {
      number = number * BASE + code - ZERO;
      continue;
    }
    numbers[count] = number;
    number = 0;
    count += 1;
    if (count % STRIDE === 0 && slice.isOver) await slice.pause();
  }
  return numbers.slice(0, count);
}
