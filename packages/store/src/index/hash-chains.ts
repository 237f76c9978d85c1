import type { Parts } from "../snapshot/parts.ts";
import { Column } from "./column.ts";

const FIRST_BUCKETS = 1024;
/** Entries a bucket, on average. */
const LOAD = 1.5;
const NEXT = 1;
const PREVIOUS = 2;
const WIDTH = 3;

/**
 * A hash table of entries, which are small whole numbers, by their 32-bit hashes; entries with one hash are kept side
 * by side, however many. It grows by linear hashing (Litwin 1980): each entry added splits one bucket, so that there is
 * never a moment in which all of it is rebuilt.
 */
export class HashChains {
  // Links hold entry + 1; 0 ends a chain.
  readonly #heads = new Column(Uint32Array);
  /** Of each entry, side by side because they are read together: its hash, the next one and, if kept, the previous. */
  readonly #records = new Column(Uint32Array);
  readonly #width: number;
  #count = 0;
  /** Buckets when this round of splits began; `#split` of them have been split since. */
  #round: number = FIRST_BUCKETS;
  #split = 0;

  /** `removes: false` saves the memory that `remove` needs. */
  constructor({ removes }: { removes: boolean }) {
    this.#width = removes ? WIDTH : WIDTH - 1;
  }

  /** Makes room for so many entries at once. Only while there is none. */
  reserve(entries: number): void {
    if (this.#count > 0) return;
    while (this.#round * LOAD < entries) this.#round *= 2;
  }

  async transfer(parts: Parts): Promise<void> {
    this.#count = parts.number("count", this.#count);
    this.#round = parts.number("round", this.#round);
    this.#split = parts.number("split", this.#split);
    await this.#heads.transfer(parts, "heads");
    await this.#records.transfer(parts, "records");
  }

  /** The entry must not be in the table. */
  add(entry: number, hash: number): void {
    this.#records.set(entry * this.#width, hash);
    this.#link(entry, this.#bucketOf(hash));
    this.#count += 1;
    if (this.#count > (this.#round + this.#split) * LOAD) this.#splitNext();
  }

  /** The entry must be in the table. */
  remove(entry: number): void {
    const previous = this.#records.at(entry * this.#width + PREVIOUS);
    this.#unlink(previous, this.#nextOf(entry), this.#bucketOf(this.hashOf(entry)));
    this.#count -= 1;
  }

  /** The first entry with this hash, or -1. */
  first(hash: number): number {
    return this.#find(this.#heads.at(this.#bucketOf(hash)), hash);
  }

  /** The entry after this one with the same hash, or -1. */
  after(entry: number): number {
    return this.#find(this.#nextOf(entry), this.hashOf(entry));
  }

  /** What the entry was added under last. */
  hashOf(entry: number): number {
    return this.#records.at(entry * this.#width);
  }

  #nextOf(entry: number): number {
    return this.#records.at(entry * this.#width + NEXT);
  }

  #setNext(entry: number, link: number): void {
    this.#records.set(entry * this.#width + NEXT, link);
  }

  #setPrevious(entry: number, link: number): void {
    if (this.#width === WIDTH) this.#records.set(entry * this.#width + PREVIOUS, link);
  }

  #find(link: number, hash: number): number {
    let at = link;
    while (at !== 0 && this.hashOf(at - 1) !== hash) at = this.#nextOf(at - 1);
    return at - 1;
  }

  #bucketOf(hash: number): number {
    const bucket = hash & (this.#round * 2 - 1);
    return bucket < this.#round + this.#split ? bucket : bucket - this.#round;
  }

  #link(entry: number, bucket: number): void {
    const head = this.#heads.at(bucket);
    this.#setNext(entry, head);
    this.#setPrevious(entry, 0);
    if (head !== 0) this.#setPrevious(head - 1, entry + 1);
    this.#heads.set(bucket, entry + 1);
  }

  /** Joins what stands before and after an entry. */
  #unlink(previous: number, next: number, bucket: number): void {
    if (previous === 0) this.#heads.set(bucket, next);
    else this.#setNext(previous - 1, next);
    if (next !== 0) this.#setPrevious(next - 1, previous);
  }

  #splitNext(): void {
    const bucket = this.#split;
    const added = bucket + this.#round;
    this.#split += 1;
    let at = this.#heads.at(bucket);
    let stays = 0;
    while (at !== 0) {
      const entry = at - 1;
      at = this.#nextOf(entry);
      if (this.#bucketOf(this.hashOf(entry)) === bucket) stays = entry + 1;
      else {
        this.#unlink(stays, at, bucket);
        this.#link(entry, added);
      }
    }
    if (this.#split === this.#round) {
      this.#round *= 2;
      this.#split = 0;
    }
  }
}
