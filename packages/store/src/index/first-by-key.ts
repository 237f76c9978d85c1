import type { TimeSlice } from "../time-slice.ts";
import type { Selection } from "./selection.ts";
import { type Place, TopSlots } from "./top-slots.ts";

/** Words of a selection between two looks at the clock. */
const STRIDE = 256;
const WORD_BITS = 32;

/** A slot's key. What is certainly greater than `maxKey` may be told as infinite instead. */
export type KeyOf = (slot: number, maxKey: number) => number;

export type ByKey = {
  readonly selection: Selection;
  readonly limit: number;
  readonly keyOf: KeyOf;
  /** Decides between equal keys. */
  readonly ranks: Uint32Array;
  /** Turns keys and ranks round. */
  readonly reversed: boolean;
  /** The first slot is the one after this place. */
  readonly after: Place | null;
};

/** The first slots of a selection by key, then by rank, each with its key. */
export async function firstByKey(wanted: ByKey, slice: TimeSlice): Promise<{ slot: number; key: number }[]> {
  const { selection, limit, reversed } = wanted;
  const sign = reversed ? -1 : 1;
  const top = new TopSlots(limit);
  const words = selection.bits.length;
  for (let done = 0; done < words; done += STRIDE) {
    // Cameras come in by time. Met from the side that is asked for, few of them push others out again.
    const from = reversed ? Math.max(0, words - done - STRIDE) : done;
    const to = reversed ? words - done : Math.min(words, done + STRIDE);
    offerWords(top, wanted, from, to);
    if (slice.isOver) await slice.pause();
  }
  return top.values().map(({ slot, key }) => ({ slot, key: sign * key }));
}

function offerWords(
  top: TopSlots,
  { selection, keyOf, ranks, reversed, after }: ByKey,
  from: number,
  to: number,
): void {
  const sign = reversed ? -1 : 1;
  const afterKey = after === null ? Number.NEGATIVE_INFINITY : sign * after.key;
  const afterRank = after === null ? Number.NEGATIVE_INFINITY : sign * after.rank;
  for (let nth = from; nth < to; nth += 1) {
    const word = reversed ? to - 1 - (nth - from) : nth;
    for (let left = selection.bits[word] ?? 0; left !== 0; left &= left - 1) {
      const slot = word * WORD_BITS + 31 - Math.clz32(left & -left);
      const { maxKey } = top;
      const key = sign * keyOf(slot, maxKey);
      if (key > maxKey || key < afterKey) continue;
      const rank = sign * (ranks[slot] ?? 0);
      if (key > afterKey || rank > afterRank) top.offer(slot, key, rank);
    }
  }
}
