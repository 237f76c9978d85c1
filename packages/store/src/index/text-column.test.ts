import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nameKey } from "../name-key.ts";
import { newNameColumn, setName } from "./name-column.ts";
import { TextColumn } from "./text-column.ts";
import { wordsOf } from "./text-words.ts";

// What ids and folded names hold: no control characters.
const text = fc.string({ unit: "grapheme", maxLength: 40 }).filter((one) => !/\p{Cc}/u.test(one) && one.isWellFormed());
const similar = fc.array(fc.constantFrom("a", "A", "z", "Z", "[", "@", "{", "é", "д", "东", "東", "～", "😀", " "), {
  maxLength: 9,
});
const texts = fc.array(
  fc.oneof(
    text,
    similar.map((parts) => parts.join("")),
  ),
  { minLength: 1, maxLength: 30 },
);
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe("a column of texts", () => {
  it("tells each as it was set last, and knows it from any other", () => {
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        const column = new TextColumn({ lowerCases: false });
        first.forEach((one, slot) => column.set(slot, one, null));
        second.forEach((one, slot) => column.set(slot, one, null));
        const expected = [...second, ...first.slice(second.length)];
        expect(expected.map((_, slot) => column.at(slot))).toEqual(expected);
        for (const other of [...first, ...second])
          expect(expected.map((_, slot) => column.equals(slot, other))).toEqual(expected.map((one) => one === other));
      }),
    );
  });

  it("orders texts by code point, against each other and against any text", () => {
    fc.assert(
      fc.property(texts, text, (held, other) => {
        const column = new TextColumn({ lowerCases: false });
        held.forEach((one, slot) => column.set(slot, one, null));
        const words = wordsOf(other);
        held.forEach((one, slot) => {
          expect(Math.sign(column.compareKeys(slot, 0))).toBe(byBytes(one, held[0]!));
          expect(Math.sign(column.compareKeyWith(slot, words))).toBe(byBytes(one, other));
        });
      }),
    );
  });

  it("uses the room of texts that are gone", () => {
    const column = new TextColumn({ lowerCases: false });
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 2000; n += 1) column.set(n % 3, String(n).padEnd(60_000, "x"), null);
    expect([column.at(1).slice(0, 5), column.at(2).slice(0, 5)]).toEqual(["1999x", "1997x"]);
    // 120 MB were set, of which 0.2 are left.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
  });

  it("keeps the keys of texts that are set while they are held", () => {
    const column = new TextColumn({ lowerCases: false });
    column.set(0, "b", null);
    column.set(1, "c", null);
    column.holdKeys();
    for (const one of ["x", "y", "z"]) column.set(0, one, null);
    expect([column.at(0), Math.sign(column.compareKeys(0, 1)), column.compareKeyWith(0, wordsOf("b"))]).toEqual([
      "z",
      -1,
      0,
    ]);
    column.releaseKeys();
    expect([Math.sign(column.compareKeys(0, 1)), column.compareKeyWith(0, wordsOf("z"))]).toEqual([1, 0]);
  });

  it("refuses a text that is too long, and stays as it was", () => {
    const column = new TextColumn({ lowerCases: false });
    column.set(0, "short", null);
    expect(() => column.set(0, "x".repeat(65_536), null)).toThrow(/65536 bytes is too long/u);
    expect(column.at(0)).toBe("short");
  });
});

describe("a column of names", () => {
  it("orders them by their keys", () => {
    fc.assert(
      fc.property(texts, text, (held, other) => {
        const names = newNameColumn();
        held.forEach((one, slot) => setName(names, slot, one));
        const words = wordsOf(nameKey(other));
        held.forEach((one, slot) => {
          expect(names.at(slot)).toBe(one);
          expect(Math.sign(names.compareKeys(slot, 0))).toBe(byBytes(nameKey(one), nameKey(held[0]!)));
          expect(Math.sign(names.compareKeyWith(slot, words))).toBe(byBytes(nameKey(one), nameKey(other)));
        });
      }),
    );
  });

  it("orders them no further than a key goes", () => {
    const names = newNameColumn();
    setName(names, 0, `${"X".repeat(72)}a`);
    setName(names, 1, `${"x".repeat(72)}B`);
    setName(names, 2, '"'.repeat(37));
    setName(names, 3, '"'.repeat(38));
    expect([names.compareKeys(0, 1), names.compareKeys(2, 3)]).toEqual([0, 0]);
  });
});
