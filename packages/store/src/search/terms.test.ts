import fc from "fast-check";
import { expect, it } from "vitest";

import { fold } from "../fold.ts";
import { matchesTerms, searchTerms, searchTokens } from "./terms.ts";

const NOTHING = { description: null, city: null, region: null, country: null, tags: [] };
const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.lorem(), fc.stringMatching(/^[A-Za-zÀ-ÿ0-9 .,/-]{0,60}$/u));

const tokensOf = (name: string): string[] =>
  searchTokens({ ...NOTHING, name })
    .split(" ")
    .filter(Boolean);

it.each([
  ["São Paulo, I-95/NB", ["sao", "paulo", "i", "95", "nb"]],
  ["ＮＨＫ 東京都", ["nhk", "東京", "京都", "都"]],
  ["Ξ-7 Київ", ["ξ", "7", "киів"]],
  ["…", []],
])("makes %j the tokens %j", (name, tokens) => expect(tokensOf(name)).toEqual(tokens));

it("makes plain words the tokens that they have beside others", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{0,80}$/u), (plain) => {
      const beside = tokensOf(`${plain} é`);
      expect(beside).toEqual([...tokensOf(plain), "e"]);
    }),
  );
});

it("finds a camera by every word of what it is called", () => {
  fc.assert(
    fc.property(texts, texts, (name, city) => {
      const tokens = searchTokens({ ...NOTHING, name, city });
      const terms = searchTerms(`${city} ${name}`);
      expect(terms === null || matchesTerms(tokens, terms)).toBe(true);
    }),
  );
});

it("cuts what nobody types in full", () => {
  expect(tokensOf("x".repeat(100))).toEqual(["x".repeat(40)]);
  expect(tokensOf("é".repeat(100))).toEqual(["e".repeat(40)]);
});

it("folds a text as it folds its words", () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(fold(`${a} ${b}`)).toBe(`${fold(a)} ${fold(b)}`);
    }),
  );
});
