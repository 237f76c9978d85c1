import { countBits, emptyBits, hasBit, setBit } from "../index/selection.ts";
import { TimeSlice } from "../time-slice.ts";
import type { SearchTerm } from "./terms.ts";

const WORD_BITS = 32;
const LAST_BIT = WORD_BITS - 1;

/** Terms that the same cameras hold, and the pks of those. */
export type CommonTerm = { readonly terms: readonly SearchTerm[]; readonly pks: Uint32Array };

/** Which cameras hold the terms that very many hold: a bit for each row, so that no list of them is walked again. */
export class CommonTerms {
  readonly #bits: ReadonlyMap<string, Uint32Array>;
  /** The change sequence that they were read at, or before. */
  readonly sequence: number;

  private constructor(sequence: number, bits: ReadonlyMap<string, Uint32Array>) {
    this.sequence = sequence;
    this.#bits = bits;
  }

  /** @throws what reading them throws, and the signal's reason. */
  static async gather(
    found: AsyncIterable<CommonTerm>,
    { sequence, greatestPk }: { sequence: number; greatestPk: number },
    signal: AbortSignal,
  ): Promise<CommonTerms> {
    const bits = new Map<string, Uint32Array>();
    const slice = new TimeSlice(signal);
    for await (const { terms, pks } of found) {
      const held = emptyBits(greatestPk + 1);
      // What was added since is looked at by itself.
      for (const pk of pks) if (pk <= greatestPk) setBit(held, pk);
      for (const term of terms) bits.set(keyOf(term), held);
      if (slice.isOver) await slice.pause();
    }
    return new CommonTerms(sequence, bits);
  }

  has(term: SearchTerm): boolean {
    return this.#bits.has(keyOf(term));
  }

  /** The pks of those that hold all the terms, each of which it has. */
  all(terms: readonly SearchTerm[]): Uint32Array {
    const held = this.#heldBy(terms);
    const pks = new Uint32Array(countBits(held));
    let at = 0;
    for (let word = 0; word < held.length; word += 1) {
      for (let rest = held[word] ?? 0; rest !== 0; rest &= rest - 1) {
        pks[at] = word * WORD_BITS + LAST_BIT - Math.clz32(rest & -rest);
        at += 1;
      }
    }
    return pks;
  }

  /** Of these pks, those that hold all the terms as well. */
  among(pks: Uint32Array, terms: readonly SearchTerm[]): Uint32Array {
    const held = this.#heldBy(terms);
    const last = held.length * WORD_BITS;
    return pks.filter((pk) => pk < last && hasBit(held, pk));
  }

  #heldBy(terms: readonly SearchTerm[]): Uint32Array {
    const [first = new Uint32Array(), ...others] = terms.map(
      (term) => this.#bits.get(keyOf(term)) ?? new Uint32Array(),
    );
    const held = first.slice();
    for (const bits of others) {
      for (let word = 0; word < held.length; word += 1) held[word] = (held[word] ?? 0) & (bits[word] ?? 0);
    }
    return held;
  }
}

function keyOf({ token, isPrefix }: SearchTerm): string {
  return isPrefix ? `${token}*` : token;
}
