import fc from "fast-check";
import { expect, it } from "vitest";

import { TimeSlice } from "../time-slice.ts";
import { firstByKey } from "./first-by-key.ts";
import { emptyBits, setBit } from "./selection.ts";
import { TopSlots } from "./top-slots.ts";

const key = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ noNaN: true }));

it("keeps what sorting would put first", () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (keys, limit) => {
      const top = new TopSlots(limit);
      keys.forEach((one, slot) => top.offer(slot, one, keys.length - slot));
      const sorted = keys.map((one, slot) => ({ slot, key: one, rank: keys.length - slot }));
      sorted.sort((a, b) => a.key - b.key || a.rank - b.rank);
      expect(top.values()).toEqual(sorted.slice(0, limit));
    }),
  );
});

it("finds the first after a place, from either end", async () => {
  const place = fc.option(fc.record({ key: fc.integer({ min: 0, max: 3 }), rank: fc.constantFrom(-0.5, 0, 7, 7.5) }), {
    nil: null,
  });
  const small = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(small, place, fc.boolean(), async (keys, after, reversed) => {
      const bits = emptyBits(keys.length);
      const selected = [...keys.keys()].filter((slot) => slot % 3 !== 1);
      for (const slot of selected) setBit(bits, slot);
      const ranks = Uint32Array.from(keys, (_, slot) => (slot * 7) % 101);
      const wanted = { selection: { bits, count: selected.length }, limit: 9, ranks, reversed, after };
      const found = await firstByKey({ ...wanted, keyOf: (slot) => keys[slot]! }, new TimeSlice());
      const sign = reversed ? -1 : 1;
      const compare = (a: { key: number; rank: number }, b: { key: number; rank: number }): number =>
        sign * (a.key - b.key || a.rank - b.rank);
      const expected = selected
        .map((slot) => ({ slot, key: keys[slot]!, rank: ranks[slot]! }))
        .filter((one) => after === null || compare(one, after) > 0)
        .sort(compare);
      expect(found).toEqual(expected.slice(0, 9).map(({ slot, key: one }) => ({ slot, key: one })));
    }),
  );
});
