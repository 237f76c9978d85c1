/** A slot's place among others: by key, then by rank. */
export type Place = { readonly key: number; readonly rank: number };

/** Keeps the first `limit` of many slots: a heap whose top is the last of those kept. */
export class TopSlots {
  readonly #keys: Float64Array;
  readonly #ranks: Float64Array;
  readonly #slots: Uint32Array;
  readonly #limit: number;
  #count = 0;

  constructor(limit: number) {
    this.#keys = new Float64Array(limit);
    this.#ranks = new Float64Array(limit);
    this.#slots = new Uint32Array(limit);
    this.#limit = limit;
  }

  /** Keys above this are not taken. */
  get maxKey(): number {
    return this.#count < this.#limit ? Number.POSITIVE_INFINITY : (this.#keys[0] ?? 0);
  }

  offer(slot: number, key: number, rank: number): void {
    if (this.#count < this.#limit) this.#siftUp(slot, key, rank);
    else if (this.#isBefore(key, rank, 0)) this.#siftDown(slot, key, rank);
  }

  /** What was kept, in order. */
  values(): (Place & { readonly slot: number })[] {
    return Array.from({ length: this.#count }, (_, at) => ({
      slot: this.#slots[at] ?? 0,
      key: this.#keys[at] ?? 0,
      rank: this.#ranks[at] ?? 0,
    })).sort((a, b) => a.key - b.key || a.rank - b.rank);
  }

  #isBefore(key: number, rank: number, at: number): boolean {
    const other = this.#keys[at] ?? 0;
    return key < other || (key === other && rank < (this.#ranks[at] ?? 0));
  }

  #siftUp(slot: number, key: number, rank: number): void {
    let at = this.#count;
    this.#count += 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (this.#isBefore(key, rank, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, slot, key, rank);
  }

  #siftDown(slot: number, key: number, rank: number): void {
    let at = 0;
    for (;;) {
      const child = this.#lastChild(at);
      if (child >= this.#count || !this.#isBefore(key, rank, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, slot, key, rank);
  }

  /** Of the two children the one that comes later. */
  #lastChild(parent: number): number {
    const child = 2 * parent + 1;
    if (child + 1 >= this.#count) return child;
    return this.#isBefore(this.#keys[child] ?? 0, this.#ranks[child] ?? 0, child + 1) ? child + 1 : child;
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#slots[from] ?? 0, this.#keys[from] ?? 0, this.#ranks[from] ?? 0);
  }

  #put(at: number, slot: number, key: number, rank: number): void {
    this.#slots[at] = slot;
    this.#keys[at] = key;
    this.#ranks[at] = rank;
  }
}
