import type pg from "pg";

import type { SearchTerm } from "../search/terms.ts";

const BYTES_PER_PK = 4;
// Thousands of numbers in each row, four bytes each: a hundredth of the messages that a row for each would be.
const SEARCH = `select encode(string_agg(int4send(pk::integer), ''::bytea), 'hex') as pks
  from camera_text where tokens @@ $1::tsquery group by pk >> 16`;

/** The pks of cameras whose tokens hold all terms. */
export async function search(client: pg.ClientBase, terms: readonly SearchTerm[]): Promise<Uint32Array> {
  const { rows } = await client.query<{ pks: string }>(SEARCH, [toQuery(terms)]);
  const bytes = Buffer.concat(rows.map(({ pks }) => Buffer.from(pks, "hex")));
  return readNumbers(bytes);
}

/**
 * A `tsquery` of exactly these tokens: quoted, so that nothing in them is an operator, and never parsed as text.
 * https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY
 */
function toQuery(terms: readonly SearchTerm[]): string {
  return terms
    .map(({ token, isPrefix }) => `'${token.replaceAll(/['\\]/gu, "$&$&")}'${isPrefix ? ":*" : ""}`)
    .join(" & ");
}

function readNumbers(bytes: Buffer): Uint32Array {
  const pks = new Uint32Array(bytes.length / BYTES_PER_PK);
  // A million numbers: a plain loop over typed memory takes a few milliseconds.
  for (let n = 0; n < pks.length; n += 1) pks[n] = bytes.readUInt32BE(n * BYTES_PER_PK);
  return pks;
}
