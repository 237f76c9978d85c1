import type { CameraFilter } from "@argus/core";

import { PersonalPks } from "../personal/personal-filter.ts";
import { searchTerms } from "../search/terms.ts";
import type { StoreEngine } from "../store-engine.ts";
import { TextSearch } from "./text-search.ts";

/** Searches whose answers are remembered: a list is paged and counted under the same words. */
const REMEMBERED = 4;
const NOTHING = new Uint32Array();

type Found = { readonly sequence: number; readonly pks: Promise<Uint32Array> };

/** The parts of a filter that only the database can answer, as the numbers of the rows that fulfil them. */
export class Narrowing {
  /** The text of cameras. */
  readonly text: TextSearch;
  readonly #personal: PersonalPks;
  readonly #searches = new Map<string, Found>();

  constructor(engine: StoreEngine) {
    this.text = new TextSearch(engine);
    this.#personal = new PersonalPks(engine);
  }

  /** Null when the filter asks nothing of the database. `sequence` is what an answer may be remembered for. */
  async pksOf(filter: CameraFilter, sequence: number): Promise<Uint32Array | null> {
    const found = filter.q === undefined ? null : await this.#search(filter.q, sequence);
    const kept = await this.#personal.of(filter);
    return found === null || kept === null ? (found ?? kept) : inBoth(found, kept);
  }

  async #search(q: string, sequence: number): Promise<Uint32Array> {
    const known = this.#searches.get(q);
    this.#searches.delete(q);
    const found = known?.sequence === sequence ? known : { sequence, pks: this.#ask(q, sequence) };
    this.#searches.set(q, found);
    for (const oldest of [...this.#searches.keys()].slice(0, -REMEMBERED)) this.#searches.delete(oldest);
    try {
      return await found.pks;
    } catch (error) {
      if (this.#searches.get(q) === found) this.#searches.delete(q);
      throw error;
    }
  }

  async #ask(q: string, sequence: number): Promise<Uint32Array> {
    const terms = searchTerms(q);
    // Nothing but signs: no camera is found by that, and all of them would be a surprise.
    return terms === null ? NOTHING : this.text.find(terms, sequence);
  }
}

function inBoth(a: Uint32Array, b: Uint32Array): Uint32Array {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  const wanted = new Set(few);
  return many.filter((pk) => wanted.has(pk));
}
