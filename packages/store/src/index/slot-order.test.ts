import fc from "fast-check";
import { expect, it } from "vitest";

import { TimeSlice } from "../time-slice.ts";
import type { SlotOrder } from "./slot-order.ts";
import { type SlotKeys, sortSlots } from "./sort-slots.ts";
import { TextColumn } from "./text-column.ts";
import { newIdOrder, newNameOrder } from "./text-orders.ts";

const SLOW_MS = 60_000;

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const shared = fc.constantFrom("", "synthetic-world-1:cam-", "synthetic-world-1:cam-00", "s:");
const key = fc
  .tuple(shared, fc.string({ unit: fc.constantFrom("a", "b", "z", "é", "東"), maxLength: 8 }))
  .map((parts) => parts.join(""));

function columnOf(texts: readonly string[]): TextColumn {
  const column = new TextColumn({ lowerCases: false });
  texts.forEach((text, slot) => column.set(slot, text, null));
  return column;
}

/** A slice that is always over: whoever looks at it pauses wherever it may. */
class NoTime extends TimeSlice {
  override get isOver(): boolean {
    return true;
  }
}

it("sorts as comparing does, however many begin alike", () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 200 }), (texts) => {
      const ids = columnOf(texts);
      const keys: SlotKeys = {
        compare: (a, b) => ids.compareKeys(a, b),
        wordAt: (slot, nth) => ids.keyWordAt(slot, nth),
        maxWords: 100,
        hold: () => {},
        release: () => {},
      };
      const slots = Uint32Array.from(texts.keys());
      for (const _ of sortSlots(slots, keys));
      expect(Array.from(slots, (slot) => texts[slot])).toEqual(texts.toSorted(byBytes));
    }),
  );
});

it("sorts many with one name by their ids", { timeout: SLOW_MS }, () => {
  const texts = Array.from({ length: 20_000 }, (_, n) => `s:${Math.imul(n, 0x9e37_79b1) >>> 0}`);
  const ids = columnOf(texts);
  const order = newNameOrder(columnOf(texts.map(() => "Camera")), ids);
  texts.forEach((_, slot) => order.add(slot));
  expect(Array.from(order.slots(), (slot) => texts[slot])).toEqual(texts.toSorted(byBytes));
});

it("keeps its order through any adding and moving, before, between and after answers", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("add" as const), name: key }),
    fc.record({ do: fc.constant("move" as const), name: key, at: fc.nat() }),
    fc.record({ do: fc.constant("read" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const names = new TextColumn({ lowerCases: false });
      const ids = new TextColumn({ lowerCases: false });
      const order = newNameOrder(names, ids);
      const held: string[] = [];
      const expectOrder = (): void => {
        const expected = [...held.keys()].sort((a, b) => byBytes(held[a]!, held[b]!) || byBytes(`${a}`, `${b}`));
        expect([...order.slots()]).toEqual(expected);
        expect(expected.map((slot) => order.ranks()[slot])).toEqual([...expected.keys()]);
      };
      for (const taken of steps) {
        if (taken.do === "read") expectOrder();
        else if (taken.do === "add") {
          ids.set(held.length, `${held.length}`, null);
          names.set(held.length, taken.name, null);
          order.add(held.push(taken.name) - 1);
        } else if (held.length > 0) {
          const slot = taken.at % held.length;
          names.set(slot, taken.name, null);
          held[slot] = taken.name;
          order.move(slot);
        }
      }
      expectOrder();
    }),
  );
});

it("ends up in order when keys change and slots come while it settles", { timeout: SLOW_MS }, async () => {
  const names = new TextColumn({ lowerCases: false });
  const ids = new TextColumn({ lowerCases: false });
  const order = newNameOrder(names, ids);
  const held: string[] = [];
  const nameOf = (n: number): string => `name ${Math.imul(n + 1, 0x9e37_79b1) >>> 0}`;
  const add = (): void => {
    const slot = held.length;
    held.push(nameOf(slot));
    ids.set(slot, `${slot}`, null);
    names.set(slot, held[slot]!, null);
    order.add(slot);
  };
  const rename = (slot: number, name: string): void => {
    held[slot] = name;
    names.set(slot, name, null);
    order.move(slot);
  };
  const settleWhileChanging = async (changes: number): Promise<void> => {
    let isSettled = false;
    const settled = order.settle(new NoTime()).then(() => (isSettled = true));
    for (let n = 0; n < changes && !isSettled; n += 1) {
      rename((n * 7919) % held.length, `${n % 2 === 0 ? "a" : "z"}${nameOf(n)}`);
      add();
      await new Promise((proceed) => setImmediate(proceed));
    }
    await settled;
  };
  for (let n = 0; n < 20_000; n += 1) add();
  await settleWhileChanging(200);
  for (let n = 0; n < 20_000; n += 1) add();
  await settleWhileChanging(200);
  const expected = [...held.keys()].sort((a, b) => byBytes(held[a]!, held[b]!) || byBytes(`${a}`, `${b}`));
  expect([...order.slots()]).toEqual(expected);
});

it("answers at once while it settles, and hands out lists that do not change", async () => {
  const texts = Array.from({ length: 20_000 }, (_, n) => `s:${Math.imul(n, 0x9e37_79b1) >>> 0}`);
  const order: SlotOrder = newIdOrder(columnOf(texts));
  texts.slice(0, -1).forEach((_, slot) => order.add(slot));
  const settled = order.settle(new NoTime());
  const before = order.slots();
  const copy = Uint32Array.from(before);
  expect(before).toHaveLength(texts.length - 1);
  await settled;
  order.add(texts.length - 1);
  expect(order.slots()).toHaveLength(texts.length);
  expect(before).toEqual(copy);
});
