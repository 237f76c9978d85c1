import { expect, it } from "vitest";

import { keyedNumberHash, keyedTextHash } from "./keyed-hash.ts";

const COUNT = 20_000;
/** Of so many hashes of 32 bits, fewer than this are the same by chance, but once in many thousands of processes. */
const MOST_TWINS = 5;

it("tells texts apart that differ in one character, in order or in length", () => {
  const texts = Array.from({ length: COUNT }, (_, n) => `a:${n}`);
  texts.push("", "\0", "\0\0", "ab", "ba", "x".repeat(2000), "x".repeat(2001));
  expect(new Set(texts.map(keyedTextHash)).size).toBeGreaterThan(texts.length - MOST_TWINS);
});

it("tells numbers of 52 bits apart in their low and in their high bits", () => {
  const numbers = Array.from({ length: COUNT }, (_, n) => (n % 2 === 0 ? n : n * 2 ** 32));
  expect(new Set(numbers.map(keyedNumberHash)).size).toBeGreaterThan(COUNT - MOST_TWINS);
});

it("gives one text one hash, a whole number of 32 bits", () => {
  for (const text of ["", "a:1", "東京"]) {
    expect(keyedTextHash(text)).toBe(keyedTextHash(text));
    expect(keyedTextHash(text)).toBe(keyedTextHash(text) >>> 0);
  }
});
