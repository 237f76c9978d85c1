import { describeError, type Log } from "@argus/core";

import { CommonTerms } from "../search/common-terms.ts";
import { matchesTerms, type SearchTerm, searchTokens } from "../search/terms.ts";
import type { StoreEngine } from "../store-engine.ts";
import { readGreatestPk } from "./commit.ts";
import { recordsSince } from "./records.ts";

/** Cameras that hold a term from which on searching for it takes long: some 15 ms in SQLite. */
const LEAST_COMMON = 25_000;
/** Cameras written since common terms were read that are looked at one by one; past this, they are read anew. */
const MOST_CHANGED = 1000;

/** Milliseconds between two readings, which take seconds themselves. */
const LEAST_PAUSE_MS = 60_000;

type Limits = { readonly leastCommon: number; readonly mostChanged: number; readonly leastPauseMs: number };

/** When to stop reading, and who is told that it failed. */
type Care = { readonly stop: AbortSignal; readonly log: Log };

/** The tokens of cameras written after a sequence, as they are at another. */
type Changed = { readonly after: number; readonly at: number; readonly tokens: Promise<Map<number, string> | null> };

/**
 * Searches the text of cameras. What very many cameras hold is known beforehand, and only what was written since is
 * looked at.
 */
export class TextSearch {
  readonly #engine: StoreEngine;
  readonly #limits: Limits;
  #common: CommonTerms | null = null;
  #reading: Promise<void> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #changed: Changed | null = null;
  /** Null until `prepare`: then nothing is known beforehand. */
  #care: Care | null = null;

  constructor(engine: StoreEngine, limits: Partial<Limits> = {}) {
    this.#engine = engine;
    this.#limits = { leastCommon: LEAST_COMMON, mostChanged: MOST_CHANGED, leastPauseMs: LEAST_PAUSE_MS, ...limits };
  }

  /** Reads common terms, now and whenever too much has changed. Does nothing where few cameras are, or all terms are fast. */
  async prepare(sequence: number, care: Care): Promise<void> {
    this.#care = care;
    await this.#readAnew(sequence);
  }

  /** The pks of the cameras that hold all terms, as of a sequence or later. */
  async find(terms: readonly SearchTerm[], sequence: number): Promise<Uint32Array> {
    const common = this.#common;
    if (common === null) {
      // Many cameras may have come since it was looked.
      void this.#readAnew(sequence);
      return this.#engine.search(terms);
    }
    const known = terms.filter((term) => common.has(term));
    if (known.length === 0) return this.#engine.search(terms);
    const tokens = await this.#tokensSince(common.sequence, sequence);
    if (tokens === null) {
      void this.#readAnew(sequence);
      return this.#engine.search(terms);
    }
    const others = terms.filter((term) => !common.has(term));
    const found = others.length === 0 ? common.all(known) : common.among(await this.#engine.search(others), known);
    return corrected(found, tokens, terms);
  }

  #readAnew(sequence: number): Promise<void> {
    if (this.#reading !== null) return this.#reading;
    const now = performance.now();
    if (now - this.#readAt < this.#limits.leastPauseMs) return Promise.resolve();
    this.#readAt = now;
    this.#reading = this.#read(sequence).finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #read(sequence: number): Promise<void> {
    const [engine, care] = [this.#engine, this.#care];
    if (engine.commonTerms === undefined || care === null || care.stop.aborted) return;
    const { stop, log } = care;
    try {
      const greatestPk = await engine.read("counting", readGreatestPk);
      if (greatestPk < this.#limits.leastCommon) return;
      const terms = engine.commonTerms(this.#limits.leastCommon, stop);
      this.#common = await CommonTerms.gather(terms, { sequence, greatestPk }, stop);
    } catch (error) {
      this.#common = null;
      if (stop.aborted) return;
      log.warn("common words could not be read, so searches for them take longer", { reason: describeError(error) });
    }
  }

  /** By pk; null when they are too many. Read once for all that is asked of one state. */
  #tokensSince(after: number, at: number): Promise<Map<number, string> | null> {
    if (this.#changed?.after !== after || this.#changed.at !== at) {
      const tokens = after === at ? Promise.resolve(new Map<number, string>()) : this.#readTokens(after);
      this.#changed = { after, at, tokens };
      tokens.catch(() => (this.#changed = null));
    }
    return this.#changed.tokens;
  }

  async #readTokens(after: number): Promise<Map<number, string> | null> {
    const end = { change_seq: after, pk: Number.MAX_SAFE_INTEGER };
    const records = await recordsSince(this.#engine, end, this.#limits.mostChanged + 1);
    if (records.length > this.#limits.mostChanged) return null;
    return new Map(records.map(({ pk, camera }) => [pk, searchTokens(camera)]));
  }
}

/** What was found, with those that were written since as they are now. */
function corrected(found: Uint32Array, tokens: ReadonlyMap<number, string>, terms: readonly SearchTerm[]): Uint32Array {
  if (tokens.size === 0) return found;
  const added = [...tokens].flatMap(([pk, held]) => (matchesTerms(held, terms) ? [pk] : []));
  const kept = found.filter((pk) => !tokens.has(pk));
  const all = new Uint32Array(kept.length + added.length);
  all.set(kept);
  all.set(added, kept.length);
  return all;
}
