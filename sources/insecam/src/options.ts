import { baseUrl } from "@argus/source-sdk";
import { z } from "zod";

const COUNTRIES = /^(?:[a-z]{2}(?:[\s,]+[a-z]{2})*)?$/iu;
const MAX_COUNTRIES_TEXT = 1000;
const BETWEEN = /[\s,]+/u;
/** Printable ASCII, as a header may hold. */
const HEADER_TEXT = /^[\x20-\x7e]*$/u;
const MAX_USER_AGENT = 300;
/** Seconds between two pages at the least; no option goes below. */
const MIN_PAGE_DELAY_S = 2;
const MAX_PAGE_DELAY_S = 60;
/** With the delay, what fits into the ten minutes that the host gives a scrape unless its user sets `deadline_s`. */
const DEFAULT_MAX_PAGES = 150;
const MOST_PAGES = 1000;
const MS_PER_S = 1000;

export const Options = z.object({
  // Plain http is what the site itself names; its certificate has expired.
  base_url: baseUrl("http://www.insecam.org"),
  countries: z
    .string()
    .trim()
    .max(MAX_COUNTRIES_TEXT)
    .regex(COUNTRIES, "must be codes of two letters, like CH, AT, IT")
    .default("")
    .describe("Countries to list, as codes: CH, AT, IT. Empty: all"),
  page_delay_s: z
    .number()
    .min(MIN_PAGE_DELAY_S)
    .max(MAX_PAGE_DELAY_S)
    .default(MIN_PAGE_DELAY_S)
    .describe("Seconds between two pages; 2 at the least"),
  max_pages: z
    .int()
    .min(1)
    .max(MOST_PAGES)
    .default(DEFAULT_MAX_PAGES)
    .describe("The most pages of one scrape, of six rows each"),
  user_agent: z
    .string()
    .trim()
    .max(MAX_USER_AGENT)
    .regex(HEADER_TEXT, "must be plain letters")
    .default("")
    .describe("What to call this program to the site. Empty: what it is"),
});
export type Options = z.output<typeof Options>;

/** The countries that were named, in upper case and each once; none means all. */
export function countriesNamed({ countries }: Pick<Options, "countries">): string[] {
  return [...new Set(countries.toUpperCase().split(BETWEEN).filter(Boolean))];
}

/** Milliseconds between two pages. The schema has the same floor; this one holds however the options were made. */
export function pageDelayMs({ page_delay_s }: Pick<Options, "page_delay_s">): number {
  return (page_delay_s >= MIN_PAGE_DELAY_S ? page_delay_s : MIN_PAGE_DELAY_S) * MS_PER_S;
}
