import type { Camera } from "@argus/core";

import { fold } from "../fold.ts";

/** One thing to look for among a camera's tokens; `isPrefix`: tokens that begin with it count too. */
export type SearchTerm = { readonly token: string; readonly isPrefix: boolean };

/** Letters and digits only, so that no engine's query language sees anything else. */
const WORDS = /[\p{L}\p{N}]+/gu;
// Scripts that put no spaces between words: each pair of neighbours is a token, and so is each character at the end.
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]/u;
const RUNS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+/gu;
/** A single letter begins far too many words. */
const SHORTEST_PREFIX = 2;
/** Longer words are cut: nobody types more, and an index entry is bounded. */
const LONGEST_TOKEN = 40;
const PLAIN = /^[ -~]*$/u;

type Searchable = Pick<Camera, "name" | "description" | "city" | "region" | "country" | "tags">;

/** Texts whose tokens are remembered: most words of a registry are in thousands of its cameras. */
const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, readonly string[]>();

/** The distinct tokens that `q` finds a camera by, with spaces between: what an engine's text index is fed. */
export function searchTokens({ name, description, city, region, country, tags }: Searchable): string {
  const tokens = new Set<string>();
  for (const word of name.split(" ")) addNew(tokens, tokensOf(word));
  if (description !== null) for (const word of description.split(" ")) addNew(tokens, tokensOf(word));
  // Places and tags repeat as a whole.
  if (city !== null) addNew(tokens, tokensOf(city));
  if (region !== null) addNew(tokens, tokensOf(region));
  if (country !== null) addNew(tokens, tokensOf(country));
  for (const tag of tags) addNew(tokens, tokensOf(tag));
  return [...tokens].join(" ");
}

function addNew(tokens: Set<string>, others: readonly string[]): void {
  for (const token of others) tokens.add(token);
}

/** The tokens of a text that may come again: a word, or the name of a place. */
function tokensOf(text: string): readonly string[] {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const tokens = readTokens(text);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  // Very long ones are seldom seen twice.
  if (text.length <= LONGEST_TOKEN) remembered.set(text, tokens);
  return tokens;
}

function readTokens(text: string): string[] {
  const words = fold(text).match(WORDS) ?? [];
  if (PLAIN.test(text)) return words.map(cut);
  return words.flatMap((word) =>
    (word.match(RUNS) ?? []).flatMap((run) => (UNSPACED.test(run) ? pairsOf(run) : [cut(run)])),
  );
}

function cut(word: string): string {
  return word.length <= LONGEST_TOKEN ? word : word.slice(0, LONGEST_TOKEN).toWellFormed();
}

/** 東京都 → 東京, 京都, 都: a search for one, two or more of its characters finds it. */
function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.map((character, at) => character + (characters[at + 1] ?? ""));
}

/** What a query's words look for, all of which must be found; null when it holds no letter and no digit. */
export function searchTerms(q: string): SearchTerm[] | null {
  const words = fold(q).match(WORDS) ?? [];
  const terms = words.flatMap((word) => (word.match(RUNS) ?? []).flatMap(termsOf));
  return terms.length === 0 ? null : distinct(terms);
}

function termsOf(run: string): SearchTerm[] {
  if (!UNSPACED.test(run)) return [{ token: cut(run), isPrefix: [...run].length >= SHORTEST_PREFIX }];
  const characters = [...run];
  if (characters.length === 1) return [{ token: run, isPrefix: true }];
  return pairsOf(run)
    .slice(0, -1)
    .map((token) => ({ token, isPrefix: false }));
}

function distinct(terms: readonly SearchTerm[]): SearchTerm[] {
  return [...new Map(terms.map((term) => [`${term.token}${term.isPrefix ? "*" : ""}`, term])).values()];
}

/** Whether tokens, as `searchTokens` gives them, hold all the terms. */
export function matchesTerms(tokens: string, terms: readonly SearchTerm[]): boolean {
  const bounded = ` ${tokens} `;
  return terms.every(({ token, isPrefix }) => bounded.includes(isPrefix ? ` ${token}` : ` ${token} `));
}
