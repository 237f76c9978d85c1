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

/** The distinct tokens that `q` finds a camera by, with spaces between: what an engine's text index is fed. */
export function searchTokens({ name, description, city, region, country, tags }: Searchable): string {
  const text = [name, description, city, region, country, ...tags].filter((part) => part !== null).join(" ");
  return [...new Set(tokensOf(text))].join(" ");
}

function tokensOf(text: string): string[] {
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
