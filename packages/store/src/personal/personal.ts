import type { Clock, PersonalMerge } from "@argus/core";

import { Collections } from "./collections.ts";
import { Favourites } from "./favourites.ts";
import { mergePersonal } from "./merge-personal.ts";
import { Notes } from "./notes.ts";
import type { PersonalEngine } from "./personal-engine.ts";
import { exportPersonal } from "./personal-export.ts";
import { type PersonalFilter, PersonalPks } from "./personal-filter.ts";
import { readPersonal } from "./read-personal.ts";
import { Walls } from "./walls.ts";

/** What somebody keeps besides the registry: it survives rescrapes, and cameras that are gone. */
export class Personal {
  readonly favourites: Favourites;
  readonly notes: Notes;
  readonly collections: Collections;
  readonly walls: Walls;
  readonly #engine: PersonalEngine;
  readonly #pks: PersonalPks;
  readonly #clock: Clock;

  constructor(engine: PersonalEngine, clock: Clock) {
    this.#engine = engine;
    this.#pks = new PersonalPks(engine);
    this.#clock = clock;
    this.favourites = new Favourites(engine, clock);
    this.notes = new Notes(engine, clock);
    this.collections = new Collections(engine, clock);
    this.walls = new Walls(engine, clock);
  }

  /** See `PersonalPks`. */
  async pksOf(filter: PersonalFilter): Promise<Uint32Array | null> {
    return this.#pks.of(filter);
  }

  /** All of it as one JSON document (`PersonalData` of core), in portions of text. */
  export(): AsyncGenerator<string, void> {
    return exportPersonal(this, this.#clock);
  }

  /**
   * Takes in such a document, in one transaction; nothing is lost on either side, see merge-personal.ts.
   * @throws ArgusError ARGUS_PERSONAL_INVALID, ARGUS_PERSONAL_FULL
   */
  async merge(
    document: Uint8Array | string,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<PersonalMerge> {
    const lists = await readPersonal(document, signal);
    return this.#engine.write("merging favourites, notes, collections and walls", ({ db }) =>
      mergePersonal({ db, clock: this.#clock }, lists),
    );
  }
}
