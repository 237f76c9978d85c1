const STEP = 0x6d2b79f5;
const RANGE = 0x1_0000_0000;

/** A small repeatable source of random numbers (mulberry32, public domain): the same seed gives the same numbers. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Spread first, or neighbouring seeds would begin alike.
    this.#state = Math.imul(seed + 1, STEP) | 0;
  }

  /** At least 0, below 1. */
  unit(): number {
    this.#state = (this.#state + STEP) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / RANGE;
  }

  /** A whole number from 0 to `end` - 1. */
  below(end: number): number {
    return (this.unit() * end) | 0;
  }

  chance(share: number): boolean {
    return this.unit() < share;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  /** Zipf's law: the first value is picked most often, the n-th about a n-th as often. */
  pickZipf<Value>(values: readonly Value[]): Value {
    return values[this.rank(values.length)] as Value;
  }

  rank(size: number): number {
    return (((size + 1) ** this.unit()) | 0) - 1;
  }
}
