import type { SearchTerm } from "../search/terms.ts";
import type { NumbersRequest } from "./worker/protocol.ts";

const SEARCH = "select cast(group_concat(rowid) as blob) from camera_text where camera_text match ?";

/** Terms in FTS5's language (https://www.sqlite.org/fts5.html#full_text_query_syntax), all of which must match. */
export function textQuery(terms: readonly SearchTerm[]): string {
  return terms.map(({ token, isPrefix }) => `"${token.replaceAll('"', '""')}"${isPrefix ? "*" : ""}`).join(" ");
}

/** Asks for the rows that hold all terms. */
export function searchRequest(terms: readonly SearchTerm[]): NumbersRequest {
  return { kind: "numbers", sql: SEARCH, parameters: [textQuery(terms)] };
}
