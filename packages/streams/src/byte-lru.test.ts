import fc from "fast-check";
import { expect, it } from "vitest";

import { ByteLru } from "./byte-lru.ts";

const LIMITS = { entries: 4, bytes: 50 };
const someSteps = fc.array(
  fc.record({ key: fc.constantFrom("a", "b", "c", "d", "e", "f"), size: fc.nat({ max: 30 }), read: fc.boolean() }),
);

it("keeps what was used last, within its entries and bytes, whatever happens", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const lru = new ByteLru<number>(LIMITS, (size) => size);
      // What it should hold, the longest unused first.
      let model: [string, number][] = [];
      for (const { key, size, read } of steps) {
        const known = model.find(([name]) => name === key)?.[1];
        model = model.filter(([name]) => name !== key);
        if (read) {
          expect(lru.get(key)).toBe(known);
          if (known !== undefined) model.push([key, known]);
        } else {
          lru.set(key, size);
          model.push([key, size]);
          while (model.length > LIMITS.entries || sum(model) > LIMITS.bytes) model.shift();
        }
        expect({ size: lru.size, bytes: lru.bytes }).toEqual({ size: model.length, bytes: sum(model) });
      }
    }),
  );
});

const sum = (entries: readonly [string, number][]): number => entries.reduce((total, [, size]) => total + size, 0);
