import fc from "fast-check";
import { expect, it } from "vitest";

import { fold } from "./fold.ts";

it.each([
  ["São Paulo", "sao paulo"],
  ["ŁÓDŹ", "lodz"],
  ["İstanbul", "istanbul"],
  ["Ærøskøbing", "aeroskobing"],
  ["ΟΔΟΣ", "οδοσ"],
  ["Київ", "киів"],
  ["ﬁn № ①", "fin no 1"],
  ["line\nbreak\u0000", "line break "],
])("folds %j to %j", (text, folded) => expect(fold(text)).toBe(folded));

it("changes nothing in what is folded already", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

it("finds a text by any part of it in any case", () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^[a-zà-ÿа-я東京]{1,8}$/u), fc.string(), (before, word, after) => {
      expect(fold(`${before} ${word.toUpperCase()} ${after}`)).toContain(fold(word));
    }),
  );
});
