import type { SearchTerm } from "../search/terms.ts";

/** Terms in FTS5's language (https://www.sqlite.org/fts5.html#full_text_query_syntax), all of which must match. */
export function textQuery(terms: readonly SearchTerm[]): string {
  return terms.map(({ token, isPrefix }) => `"${token.replaceAll('"', '""')}"${isPrefix ? "*" : ""}`).join(" ");
}
