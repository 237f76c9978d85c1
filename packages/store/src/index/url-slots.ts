import type { IndexRow } from "../index-row.ts";
import { type Parts, within } from "../snapshot/parts.ts";
import { GrowingBits } from "./growing-bits.ts";
import { HashChains } from "./hash-chains.ts";
import type { KeyedHash } from "./keyed-hash.ts";

type UrlHashes = Pick<IndexRow, "stream_url_hash" | "snapshot_url_hash">;

/** Which slots have a URL, by its hash; any number may share one. */
export class UrlSlots {
  // A slot's stream is entry 2 n, its snapshot 2 n + 1.
  readonly #chains = new HashChains({ removes: true });
  readonly #isHeld = new GrowingBits();
  readonly #hash: KeyedHash;

  constructor(hash: KeyedHash) {
    this.#hash = hash;
  }

  async transfer(parts: Parts): Promise<void> {
    await this.#chains.transfer(within(parts, "chains"));
    await this.#isHeld.transfer(parts, "held");
  }

  reserve(slots: number): void {
    this.#chains.reserve(slots * 2);
  }

  set(slot: number, { stream_url_hash, snapshot_url_hash }: UrlHashes): void {
    this.#setEntry(slot * 2, stream_url_hash);
    this.#setEntry(slot * 2 + 1, snapshot_url_hash);
  }

  /** At most `most` accepted slots with a URL of this 52-bit hash, or of one that looks the same. */
  slotsOf(
    urlHash: number,
    most: number = Number.POSITIVE_INFINITY,
    accept = (_slot: number): boolean => true,
  ): number[] {
    const slots = new Set<number>();
    let entry = this.#chains.first(this.#hash.ofNumber(urlHash));
    while (entry !== -1 && slots.size < most) {
      if (accept(entry >>> 1)) slots.add(entry >>> 1);
      entry = this.#chains.after(entry);
    }
    return [...slots];
  }

  #setEntry(entry: number, urlHash: number | null): void {
    const hash = urlHash === null ? null : this.#hash.ofNumber(urlHash);
    if (this.#isHeld.has(entry)) {
      if (hash === this.#chains.hashOf(entry)) return;
      this.#chains.remove(entry);
      this.#isHeld.delete(entry);
    }
    if (hash === null) return;
    this.#chains.add(entry, hash);
    this.#isHeld.add(entry);
  }
}
