import type { CommonTerm } from "../search/common-terms.ts";
import { isAskedFor, type SearchTerm } from "../search/terms.ts";
import type { DatabaseThread } from "./database-thread.ts";
import { searchRequest } from "./text-query.ts";

/** In characters; of longer words nobody types the next before an answer to these came. */
const LONGEST_PREFIX = 12;
/** Sets of cameras, each a bit for every row; the greatest first. */
const MOST = 256;

// All words with the number of rows that hold each, read once (https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module).
const GATHER = [
  "pragma query_only = off",
  "create virtual table temp.vocabulary using fts5vocab(main, camera_text, row)",
  "create temp table words as select term, doc from temp.vocabulary",
];
const WORDS = "select term, doc from temp.words where doc >= ? and length(term) <= 2 order by doc desc";
const PREFIXES = `select substr(term, 1, ?) as prefix, sum(doc) from temp.words
  where length(term) >= ? and substr(term, 1, ?) in (select value from json_each(?))
  group by prefix having sum(doc) >= ?`;

type Candidate = { readonly terms: SearchTerm[]; readonly docs: number };

/** The terms that at least so many rows hold, each with those rows; on a thread that is used for nothing else. */
export async function* readCommonTerms(
  thread: DatabaseThread,
  least: number,
  signal: AbortSignal,
): AsyncGenerator<CommonTerm> {
  for (const sql of GATHER) await thread.ask({ kind: "query", sql, parameters: [], within: false }, { signal });
  const candidates = [...(await commonWords(thread, least, signal)), ...(await commonPrefixes(thread, least, signal))];
  for (const { terms } of candidates.toSorted((a, b) => b.docs - a.docs).slice(0, MOST)) {
    // All of them have the same rows.
    const pks = await thread.ask(searchRequest(terms.slice(0, 1)), { signal });
    if (pks.length >= least) yield { terms, pks };
  }
}

/** Those that are looked for as whole words; all others are looked for as what words begin with. */
async function commonWords(thread: DatabaseThread, least: number, signal: AbortSignal): Promise<Candidate[]> {
  const rows = await thread.ask({ kind: "rows", sql: WORDS, parameters: [least] }, { signal });
  const candidates = rows.map(([term, docs]) => ({
    term: { token: String(term), isPrefix: false },
    docs: Number(docs),
  }));
  return candidates.filter(({ term }) => isAskedFor(term)).map(({ term, docs }) => ({ terms: [term], docs }));
}

/** A prefix that as many words begin with as with a longer one is the same; they are told together. */
async function commonPrefixes(thread: DatabaseThread, least: number, signal: AbortSignal): Promise<Candidate[]> {
  const found = new Map<string, Candidate>();
  let shorter = [""];
  for (let length = 1; length <= LONGEST_PREFIX; length += 1) {
    const parameters = [length, length, length - 1, JSON.stringify(shorter), least];
    const rows = await thread.ask({ kind: "rows", sql: PREFIXES, parameters }, { signal });
    shorter = rows.map(([prefix]) => String(prefix));
    for (const [prefix, sum] of rows) {
      const [token, docs] = [String(prefix), Number(sum)];
      const before = found.get([...token].slice(0, -1).join(""));
      const same = before?.docs === docs ? before : { terms: [], docs };
      const term = { token, isPrefix: true };
      if (isAskedFor(term)) same.terms.push(term);
      found.set(token, same);
    }
  }
  return [...new Set(found.values())].filter(({ terms }) => terms.length > 0);
}
