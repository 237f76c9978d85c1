import fc from "fast-check";
import { expect, it } from "vitest";

import { HashChains } from "./hash-chains.ts";

function entriesOf(chains: HashChains, hash: number): number[] {
  const entries: number[] = [];
  for (let entry = chains.first(hash); entry !== -1; entry = chains.after(entry)) entries.push(entry);
  return entries.toSorted((a, b) => a - b);
}

it("holds what a map of lists holds, through any adding and removing", () => {
  const hash = fc.oneof(fc.constantFrom(0, 1, 1024, 2048, 0xffff_ffff), fc.nat({ max: 0xffff_ffff }));
  const step = fc.record({ entry: fc.nat({ max: 40 }), hash });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const chains = new HashChains({ removes: true });
      const held = new Map<number, number>();
      for (const { entry, hash: wanted } of steps) {
        if (held.delete(entry)) chains.remove(entry);
        else {
          held.set(entry, wanted);
          chains.add(entry, wanted);
        }
      }
      for (const { hash: asked } of steps) {
        const expected = [...held].filter(([, one]) => one === asked).map(([entry]) => entry);
        expect(entriesOf(chains, asked)).toEqual(expected.toSorted((a, b) => a - b));
      }
    }),
  );
});

it("loses nothing while its buckets are split again and again", () => {
  const chains = new HashChains({ removes: true });
  const hashOf = (entry: number): number => Math.imul(entry % 9000, 0x9e37_79b1) >>> 0;
  for (let entry = 0; entry < 20_000; entry += 1) chains.add(entry, hashOf(entry));
  for (let entry = 0; entry < 20_000; entry += 3) chains.remove(entry);
  for (let entry = 0; entry < 9000; entry += 1) {
    const expected = [entry, entry + 9000, entry + 18_000].filter((one) => one < 20_000 && one % 3 !== 0);
    expect(entriesOf(chains, hashOf(entry))).toEqual(expected);
  }
});
