const WORD_BITS = 32;
const WORD_SHIFT = 5;
const WORD_MASK = 31;

/** Some of the index's cameras: one bit for each slot, and how many are set. Never changed once handed out. */
export type Selection = { readonly bits: Uint32Array; readonly count: number };

/** Words enough for `length` slots. */
export function emptyBits(length: number): Uint32Array {
  return new Uint32Array((length + WORD_BITS - 1) >>> WORD_SHIFT);
}

export function hasBit(bits: Uint32Array, slot: number): boolean {
  return (((bits[slot >>> WORD_SHIFT] ?? 0) >>> (slot & WORD_MASK)) & 1) === 1;
}

export function setBit(bits: Uint32Array, slot: number): void {
  const word = slot >>> WORD_SHIFT;
  bits[word] = (bits[word] ?? 0) | (1 << (slot & WORD_MASK));
}

export function clearBit(bits: Uint32Array, slot: number): void {
  const word = slot >>> WORD_SHIFT;
  bits[word] = (bits[word] ?? 0) & ~(1 << (slot & WORD_MASK));
}

/** How many bits are set (Hacker's Delight, "Counting 1-Bits"). */
export function countBits(bits: Uint32Array): number {
  let count = 0;
  for (let word of bits) {
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}
