import { type Parts, within } from "../snapshot/parts.ts";
import { HashChains } from "./hash-chains.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { TextColumn } from "./text-column.ts";

/** Which slot has an id. */
export class IdSlots {
  readonly #chains = new HashChains({ removes: false });
  readonly #ids: TextColumn;
  readonly #hash: KeyedHash;

  constructor(ids: TextColumn, hash: KeyedHash) {
    this.#ids = ids;
    this.#hash = hash;
  }

  async transfer(parts: Parts): Promise<void> {
    await this.#chains.transfer(within(parts, "chains"));
  }

  reserve(ids: number): void {
    this.#chains.reserve(ids);
  }

  /** `hash`: what `hashOf` gives for its id. */
  add(slot: number, hash: number): void {
    this.#chains.add(slot, hash);
  }

  hashOf(id: string): number {
    return this.#hash.ofText(id);
  }

  /** -1 when there is none. */
  get(id: string, hash: number = this.#hash.ofText(id)): number {
    let slot = this.#chains.first(hash);
    while (slot !== -1 && !this.#ids.equals(slot, id)) slot = this.#chains.after(slot);
    return slot;
  }
}
