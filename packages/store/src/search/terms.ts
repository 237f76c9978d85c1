import type { Camera } from "@argus/core";

import { fold } from "../fold.ts";
import { Memo } from "../memo.ts";

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
const BETWEEN_PLAIN_WORDS = /[^a-z0-9]+/gu;
const TOO_LONG = /[a-z0-9]{41}/u;

type Searchable = Pick<Camera, "name" | "description" | "city" | "region" | "country" | "tags">;

/** Words, and names of places: most of those of a registry are in thousands of its cameras. */
const remembered = new Memo(tokensOfWord);

/**
 * The tokens that `q` finds a camera by, with spaces between, some more than once: what an engine's text index is fed,
 * which counts each but once.
 */
export function searchTokens({ name, description, city, region, country, tags }: Searchable): string {
  let tokens = tokensOf(name);
  if (description !== null) tokens += ` ${tokensOf(description)}`;
  if (city !== null) tokens += ` ${remembered.get(city)}`;
  if (region !== null) tokens += ` ${remembered.get(region)}`;
  if (country !== null) tokens += ` ${remembered.get(country)}`;
  for (const tag of tags) tokens += ` ${remembered.get(tag)}`;
  return tokens;
}

function tokensOf(text: string): string {
  if (PLAIN.test(text)) return plainTokens(text);
  let tokens = "";
  for (const word of text.split(" ")) tokens += `${remembered.get(word)} `;
  return tokens;
}

function tokensOfWord(text: string): string {
  if (PLAIN.test(text)) return plainTokens(text);
  const words = fold(text).match(WORDS) ?? [];
  return words.flatMap((word) => (word.match(RUNS) ?? []).flatMap(tokensOfRun)).join(" ");
}

/** What the other way comes to where there are only the letters A to Z. */
function plainTokens(text: string): string {
  const words = text.toLowerCase().replace(BETWEEN_PLAIN_WORDS, " ");
  return TOO_LONG.test(words) ? words.split(" ").map(cut).join(" ") : words;
}

function tokensOfRun(run: string): string[] {
  return UNSPACED.test(run) ? pairsOf(run) : [cut(run)];
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

/** Whether somebody who types just its token looks for this term. */
export function isAskedFor({ token, isPrefix }: SearchTerm): boolean {
  const [term, ...others] = searchTerms(token) ?? [];
  return others.length === 0 && term?.token === token && term.isPrefix === isPrefix;
}

function distinct(terms: readonly SearchTerm[]): SearchTerm[] {
  return [...new Map(terms.map((term) => [`${term.token}${term.isPrefix ? "*" : ""}`, term])).values()];
}

/** Whether tokens, as `searchTokens` gives them, hold all the terms. */
export function matchesTerms(tokens: string, terms: readonly SearchTerm[]): boolean {
  const bounded = ` ${tokens} `;
  return terms.every(({ token, isPrefix }) => bounded.includes(isPrefix ? ` ${token}` : ` ${token} `));
}
