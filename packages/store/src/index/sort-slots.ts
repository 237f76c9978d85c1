/** What slots are ordered by: texts, seen as words that end in nothing but zeros. No two slots have the same. */
export type SlotKeys = {
  compare(a: number, b: number): number;
  /** The nth word; where all words before are the same, it decides. */
  wordAt(slot: number, nth: number): number;
  /** From here on words say nothing more. */
  readonly maxWords: number;
  /** Until `release`, keys stay as they are. */
  hold(): void;
  release(): void;
};

/** Fewer are sorted by comparing whole keys. */
const FEW = 12;
/** Steps between two places at which the sort may pause. */
const STRIDE = 16_384;

/**
 * Sorts slots in place by multikey quicksort (Bentley and Sedgewick 1997) on words of four bytes, each slot's present
 * word held beside it. It may be paused at every yield, but keys must not change meanwhile.
 */
export function* sortSlots(slots: Uint32Array, keys: SlotKeys): Generator<void, void> {
  const words = new Uint32Array(slots.length);
  // Ranges yet to sort: from, to, and how many words are the same there; ~depth where the next word is held already.
  const open: number[] = [0, slots.length, 0];
  let steps = 0;
  while (open.length > 0) {
    const known = open.pop() ?? 0;
    const to = open.pop() ?? 0;
    const from = open.pop() ?? 0;
    let depth = known < 0 ? ~known : known;
    if (depth >= keys.maxWords) continue;
    if (known >= 0) depth = yield* load(slots.subarray(from, to), words.subarray(from, to), depth, keys);
    if (to - from <= FEW) insertionSort(slots, words, { from, to, depth }, keys);
    else split(slots, words, { from, to, depth }, open);
    steps += to - from;
    if (steps > STRIDE) {
      yield;
      steps = 0;
    }
  }
}

/** Holds each slot's first word that is not the same for all; returns which one that is. */
function* load(slots: Uint32Array, words: Uint32Array, depth: number, keys: SlotKeys): Generator<void, number> {
  const first = slots[0] ?? 0;
  let same = keys.maxWords;
  for (let at = 1; at < slots.length && same > depth; at += 1) {
    same = firstDifference(first, slots[at] ?? 0, { from: depth, to: same }, keys);
    if (at % STRIDE === 0) yield;
  }
  for (let at = 0; at < slots.length; at += 1) {
    words[at] = keys.wordAt(slots[at] ?? 0, same);
    if (at % STRIDE === STRIDE - 1) yield;
  }
  return same;
}

/** The first of some words in which two slots differ; `to` when none does. */
function firstDifference(a: number, b: number, { from, to }: { from: number; to: number }, keys: SlotKeys): number {
  let nth = from;
  while (nth < to && keys.wordAt(a, nth) === keys.wordAt(b, nth)) nth += 1;
  return nth;
}

type Range = { from: number; to: number; depth: number };

/** Parts a range by one of its words into what is less, the same and greater (Dijkstra's flag). */
function split(slots: Uint32Array, words: Uint32Array, { from, to, depth }: Range, open: number[]): void {
  // By chance, so that nobody can arrange texts for which this takes long.
  const pivot = words[from + Math.floor(Math.random() * (to - from))] ?? 0;
  let less = from;
  let greater = to;
  let at = from;
  while (at < greater) {
    const word = words[at] ?? 0;
    if (word < pivot) {
      swap(slots, words, at, less);
      less += 1;
      at += 1;
    } else if (word > pivot) {
      greater -= 1;
      swap(slots, words, at, greater);
    } else at += 1;
  }
  if (less - from > 1) open.push(from, less, ~depth);
  if (to - greater > 1) open.push(greater, to, ~depth);
  if (greater - less > 1) open.push(less, greater, depth + 1);
}

function swap(slots: Uint32Array, words: Uint32Array, a: number, b: number): void {
  const slot = slots[a] ?? 0;
  const word = words[a] ?? 0;
  slots[a] = slots[b] ?? 0;
  words[a] = words[b] ?? 0;
  slots[b] = slot;
  words[b] = word;
}

function insertionSort(slots: Uint32Array, words: Uint32Array, { from, to }: Range, keys: SlotKeys): void {
  for (let next = from + 1; next < to; next += 1) {
    const slot = slots[next] ?? 0;
    const word = words[next] ?? 0;
    let at = next;
    for (; at > from; at -= 1) {
      const before = words[at - 1] ?? 0;
      if (before < word || (before === word && keys.compare(slots[at - 1] ?? 0, slot) < 0)) break;
      slots[at] = slots[at - 1] ?? 0;
      words[at] = before;
    }
    slots[at] = slot;
    words[at] = word;
  }
}
