import { baseUrl } from "@argus/source-sdk";
import { z } from "zod";

const COUNTRIES = /^(?:[a-z]{2}(?:[\s,]+[a-z]{2})*)?$/iu;
const MAX_COUNTRIES_TEXT = 1000;
const BETWEEN = /[\s,]+/u;
/** What a free key may ask for; a paid one may go to 10,000. */
const FREE_MAX_OFFSET = 1000;
const PAID_MAX_OFFSET = 10_000;
/** About what fits into the ten minutes that the host gives a scrape unless its user sets `deadline_s`. */
const DEFAULT_MAX_REQUESTS = 1500;
const MOST_REQUESTS = 20_000;

export const Options = z.object({
  base_url: baseUrl("https://api.windy.com"),
  countries: z
    .string()
    .trim()
    .max(MAX_COUNTRIES_TEXT)
    .regex(COUNTRIES, "must be codes of two letters, like CH, AT, IT")
    .default("")
    .describe("Countries to list, as codes: CH, AT, IT. Empty: all that Windy has"),
  max_offset: z
    .int()
    .min(0)
    .max(PAID_MAX_OFFSET)
    .default(FREE_MAX_OFFSET)
    .describe("How far into a list your key may read: 1000 with a free one, 10000 with a paid one"),
  max_requests: z
    .int()
    .min(1)
    .max(MOST_REQUESTS)
    .default(DEFAULT_MAX_REQUESTS)
    .describe(
      "The most requests of one scrape; each gives up to 50 webcams. More than the usual 1500 need a longer deadline_s",
    ),
});

/** The countries that were named, in upper case and each once; none means all. */
export function countriesNamed({ countries }: z.output<typeof Options>): string[] {
  return [...new Set(countries.toUpperCase().split(BETWEEN).filter(Boolean))];
}
