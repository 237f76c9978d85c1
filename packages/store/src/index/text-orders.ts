import { SlotOrder } from "./slot-order.ts";
import type { SlotKeys } from "./sort-slots.ts";
import type { TextColumn } from "./text-column.ts";

/** More words than a key and an id have together. */
const MAX_WORDS = 20_000;

/** By id. */
export function newIdOrder(ids: TextColumn): SlotOrder {
  return new SlotOrder({
    compare: (a, b) => ids.compareKeys(a, b),
    wordAt: (slot, nth) => ids.keyWordAt(slot, nth),
    maxWords: MAX_WORDS,
    // Ids never change.
    hold: () => {},
    release: () => {},
  });
}

/** By the key of the name, then by id. */
export function newNameOrder(names: TextColumn, ids: TextColumn): SlotOrder {
  const keys: SlotKeys = {
    compare: (a, b) => names.compareKeys(a, b) || ids.compareKeys(a, b),
    wordAt: (slot, nth) => {
      const word = names.keyWordAt(slot, nth);
      if (word !== 0) return word;
      // One word of nothing between the two, or a name could run on into an id.
      const length = names.keyLengthAt(slot);
      return nth <= length ? 0 : ids.keyWordAt(slot, nth - length - 1);
    },
    maxWords: MAX_WORDS,
    hold: () => names.holdKeys(),
    release: () => names.releaseKeys(),
  };
  return new SlotOrder(keys);
}
