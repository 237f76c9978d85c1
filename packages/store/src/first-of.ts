/**
 * Keeps the first `limit` of many values in an order, in memory for twice as many and without sorting the rest.
 */
export class FirstOf<Rank, Value extends Rank> {
  readonly #limit: number;
  readonly #compare: (a: Rank, b: Rank) => number;
  #kept: Value[] = [];
  #last: Value | undefined;

  constructor(limit: number, compare: (a: Rank, b: Rank) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  /** False when the value is past what is kept already, so that it need not be added. */
  takes(value: Rank): boolean {
    return this.#last === undefined || this.#compare(value, this.#last) < 0;
  }

  add(value: Value): void {
    this.#kept.push(value);
    if (this.#kept.length >= this.#limit * 2) this.#cut();
  }

  /** The first `limit`, in order. */
  values(): readonly Value[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept = this.#kept.toSorted(this.#compare).slice(0, this.#limit);
    if (this.#kept.length === this.#limit) this.#last = this.#kept.at(-1);
  }
}
