import { HashChains } from "./hash-chains.ts";
import { keyedTextHash } from "./keyed-hash.ts";
import type { TextColumn } from "./text-column.ts";

/** Which slot has an id. */
export class IdSlots {
  readonly #chains = new HashChains({ removes: false });
  readonly #ids: TextColumn;

  constructor(ids: TextColumn) {
    this.#ids = ids;
  }

  reserve(ids: number): void {
    this.#chains.reserve(ids);
  }

  /** `hash`: what `hashOf` gives for its id. */
  add(slot: number, hash: number): void {
    this.#chains.add(slot, hash);
  }

  hashOf(id: string): number {
    return keyedTextHash(id);
  }

  /** -1 when there is none. */
  get(id: string, hash: number = keyedTextHash(id)): number {
    let slot = this.#chains.first(hash);
    while (slot !== -1 && !this.#ids.equals(slot, id)) slot = this.#chains.after(slot);
    return slot;
  }
}
