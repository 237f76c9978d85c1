const WORD_BITS = 32;
const ALL_BITS = -1;

/** How many slots have each code. */
export class CodeCounts {
  counts: Uint32Array = new Uint32Array(0);

  /** Counts a chunk's slots whose bit is set. All codes are below `limit`. */
  add(bits: Uint32Array, codes: Uint32Array | Uint8Array, limit: number): void {
    if (limit > this.counts.length) {
      const wider = new Uint32Array(limit);
      wider.set(this.counts);
      this.counts = wider;
    }
    countCodes(bits, codes, this.counts);
  }
}

// A plain loop: it runs over a million slots for each facet.
function countCodes(bits: Uint32Array, codes: Uint32Array | Uint8Array, counts: Uint32Array): void {
  for (let word = 0; word < bits.length; word += 1) {
    const from = word * WORD_BITS;
    const present = bits[word] ?? 0;
    if ((present | 0) === ALL_BITS) {
      for (let at = from; at < from + WORD_BITS; at += 1) {
        const code = codes[at] ?? 0;
        counts[code] = (counts[code] ?? 0) + 1;
      }
      continue;
    }
    for (let left = present; left !== 0; left &= left - 1) {
      const code = codes[from + 31 - Math.clz32(left & -left)] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
}
