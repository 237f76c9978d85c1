import type { ScrapeContext } from "@argus/source-sdk";

import type { Filter, WindyApi } from "./api.ts";
import { idOf } from "./schema.ts";

type Splits = readonly ((filter: Filter) => Promise<Filter[]>)[];
type Reader = { api: WindyApi; ctx: Pick<ScrapeContext, "partial"> };

/**
 * A country's rows, each once. One with more webcams than a list gives is read region by region, and a region that is
 * too large itself, or a country without regions, category by category. What no part gives makes the scrape partial.
 */
export async function rowsOf(reader: Reader, country: string): Promise<unknown[]> {
  const { api } = reader;
  const splits: Splits = [
    async () => (await api.regionsOf(country)).map((regions) => ({ regions })),
    async (filter) => (await api.categories()).map((categories) => ({ ...filter, categories })),
  ];
  return [...(await rowsIn(reader, { countries: country }, splits)).values()];
}

async function rowsIn(reader: Reader, filter: Filter, splits: Splits): Promise<Map<string, unknown>> {
  const { api, ctx } = reader;
  const found = new Map<string, unknown>();
  let total = 0;
  for await (const page of api.pages(filter)) {
    ({ total } = page);
    for (const row of page.rows) found.set(idOf(row) ?? JSON.stringify(row), row);
    if (total > api.reach && splits.length > 0) break;
  }
  if (total > api.reach) await readParts(reader, filter, splits, found);
  if (found.size < total)
    ctx.partial(`${Object.values(filter).join(", ")}: ${found.size} of ${total} webcams were given`);
  return found;
}

async function readParts(reader: Reader, filter: Filter, splits: Splits, found: Map<string, unknown>): Promise<void> {
  const [split, ...further] = splits;
  if (split === undefined) return;
  const parts = await split(filter);
  if (parts.length === 0) return await readParts(reader, filter, further, found);
  for (const part of parts) {
    if (reader.api.isSpent) return;
    for (const [id, row] of await rowsIn(reader, part, further)) found.set(id, row);
  }
}
