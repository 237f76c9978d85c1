import { expect, it } from "vitest";

import { KeyedHash } from "./keyed-hash.ts";

const COUNT = 20_000;
/** Of so many hashes of 32 bits, fewer than this are the same by chance, but once in many thousands of runs. */
const MOST_TWINS = 5;
const hash = new KeyedHash();

it("tells texts apart that differ in one character, in order or in length", () => {
  const texts = Array.from({ length: COUNT }, (_, n) => `a:${n}`);
  texts.push("", "\0", "\0\0", "ab", "ba", "x".repeat(2000), "x".repeat(2001));
  expect(new Set(texts.map((text) => hash.ofText(text))).size).toBeGreaterThan(texts.length - MOST_TWINS);
});

it("tells numbers of 52 bits apart in their low and in their high bits", () => {
  const numbers = Array.from({ length: COUNT }, (_, n) => (n % 2 === 0 ? n : n * 2 ** 32));
  expect(new Set(numbers.map((number) => hash.ofNumber(number))).size).toBeGreaterThan(COUNT - MOST_TWINS);
});

it("gives one text one hash, a whole number of 32 bits, and another under another key", () => {
  for (const text of ["", "a:1", "東京"]) {
    expect(hash.ofText(text)).toBe(hash.ofText(text));
    expect(hash.ofText(text)).toBe(hash.ofText(text) >>> 0);
  }
  const texts = Array.from({ length: COUNT }, (_, n) => `a:${n}`);
  const other = new KeyedHash();
  expect(texts.filter((text) => hash.ofText(text) === other.ofText(text)).length).toBeLessThan(MOST_TWINS);
});
