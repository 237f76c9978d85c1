import type { Parts } from "../snapshot/parts.ts";
import { clearBit, emptyBits, hasBit, setBit } from "./selection.ts";

const LEAST_SLOTS = 1024;

/** One bit for each slot, not set at first; room is made where it is needed. */
export class GrowingBits {
  #bits: Uint32Array = emptyBits(LEAST_SLOTS);

  /** Word n holds the slots from 32 n; words that are not there hold none. */
  get words(): Uint32Array {
    return this.#bits;
  }

  async transfer(parts: Parts, name: string): Promise<void> {
    this.#bits = await parts.array(name, this.#bits, Uint32Array);
  }

  has(slot: number): boolean {
    return hasBit(this.#bits, slot);
  }

  add(slot: number): void {
    if (slot >>> 5 >= this.#bits.length) {
      const wider = emptyBits(slot * 2);
      wider.set(this.#bits);
      this.#bits = wider;
    }
    setBit(this.#bits, slot);
  }

  delete(slot: number): void {
    if (slot >>> 5 < this.#bits.length) clearBit(this.#bits, slot);
  }

  clear(): void {
    this.#bits.fill(0);
  }
}
