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

  add(slot: number, id: string): void {
    this.#chains.add(slot, keyedTextHash(id));
  }

  /** -1 when there is none. */
  get(id: string): number {
    let slot = this.#chains.first(keyedTextHash(id));
    while (slot !== -1 && !this.#ids.equals(slot, id)) slot = this.#chains.after(slot);
    return slot;
  }
}
