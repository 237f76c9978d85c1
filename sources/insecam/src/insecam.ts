import { defineSource, eachPart, pagesOf, readRows, type ScrapeContext, type Source } from "@argus/source-sdk";

import { Countries, idOf, pageCount, Thumbnail, thumbnailsOf, toCamera } from "./listing.ts";
import { NOTICE } from "./notice.ts";
import { countriesNamed, Options, pageDelayMs } from "./options.ts";

/** A country as the listing's address has it; `-` is none. */
const CODE = /^(?:[A-Z]{2}|-)$/u;

/** Waits milliseconds; rejects with the signal's reason. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** The source, with what it waits by between two pages. */
export function insecamSource(pause: Pause): Source {
  return defineSource({
    apiVersion: 1,
    id: "insecam",
    name: "Insecam (unsecured private cameras)",
    description:
      "A directory of cameras that were found without a password. Most are private devices whose owners did not publish them, and most of its rows are refused. Off unless you accept its notice, and the risk is yours.",
    enabled_by_default: false,
    required_env: [],
    hosts: ["www.insecam.org"],
    attribution: "Listed by insecam.org; the cameras are their owners', who were not asked",
    licence: "unknown",
    interval_s: 604_800,
    needs_notice: NOTICE,
    bulk: false,
    options: Options,
    scrape: (ctx) => scrape(ctx, pause),
  });
}

async function scrape(ctx: ScrapeContext<Options>, pause: Pause): Promise<void> {
  const { max_pages: maxPages, base_url: baseUrl } = ctx.options;
  const named = countriesNamed(ctx.options);
  const countries = named.length > 0 ? named : await countriesListed(ctx);
  const listed = new Set<string>();
  const unread: string[] = [];
  let asked = 0;
  const read = async (country: string, page: number) => {
    // Between any two pages, of one country or two.
    if (asked > 0) await pause(pageDelayMs(ctx.options), ctx.signal);
    asked += 1;
    const url = `${baseUrl}/en/bycountry/${country}/`;
    const html = await ctx.http.html(url, { search: { page } });
    return { rows: thumbnailsOf(html), pages: pageCount(html) };
  };
  const readCountry = async (country: string): Promise<void> => {
    if (asked >= maxPages) return void unread.push(country);
    const left = { maxPages: maxPages - asked };
    const quiet = { ...ctx, progress: () => undefined, partial: (why: string) => ctx.partial(`${country}: ${why}`) };
    let rowCount = 0;
    const pages = pagesOf(quiet, { by: "page", read: (page) => read(country, page), ...left });
    for await (const rows of pages) {
      rowCount += rows.length;
      for (const row of readRows(rows, Thumbnail, ctx, { idOf })) await emitNew(ctx, row, country, listed);
    }
    // Nothing at all is no answer, for a country is listed for its cameras.
    if (rowCount === 0) readRows([], Thumbnail, ctx);
  };
  await eachPart(ctx, countries, { name: (country) => `country ${country}`, read: readCountry });
  if (unread.length > 0)
    ctx.partial(`max_pages was reached before ${unread.length} countries, from ${unread[0]} on, were read`);
}

/** Rows move to the next page while pages are read, and are then seen twice. */
async function emitNew(
  ctx: ScrapeContext<Options>,
  row: Thumbnail,
  country: string,
  listed: Set<string>,
): Promise<void> {
  const id = idOf(row) ?? "";
  if (listed.has(id)) return;
  listed.add(id);
  const camera = toCamera(row, country, ctx.options.base_url);
  if (camera === null) ctx.reject(id, "its picture has no address");
  else await ctx.emit(camera);
}

async function countriesListed(ctx: ScrapeContext<Options>): Promise<string[]> {
  const url = `${ctx.options.base_url}/en/jsoncountries/`;
  const { countries } = await ctx.http.json(url, Countries);
  const codes = Object.entries(countries).filter(([code, { count }]) => count > 0 && CODE.test(code));
  if (codes.length === 0) readRows([], Countries, ctx);
  return codes.map(([code]) => code);
}
