import { CameraFilter, CameraQuery, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, parseOrThrow } from "@argus/core";
import { z } from "zod";

import { paramRefused } from "../errors.ts";
import type { Parameter } from "../route.ts";
import { type Interval, readInterval } from "./datetime.ts";

// The digits before the point can be read in one way only: a long text of them that ends wrongly is refused at once.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;
const WHOLE = /^\d{1,15}$/u;
const FLAT = 4;
const WITH_HEIGHTS = 6;

const { q, source, country, region, city, kind, tag, health, collection, favourite, gone, duplicates, bbox } =
  CameraFilter.shape;

/** What `f` may be: other programs ask for the format they know. */
export const FORMAT: z.ZodType = z.literal("json").optional();

/** The filters, under the names that the features' properties have. */
const FILTERS = {
  q,
  source_id: source,
  country,
  region,
  city,
  stream_kind: kind,
  tags: tag,
  health_status: health,
  collection,
  favourite,
  gone,
  duplicates,
};
const LISTS: ReadonlySet<string> = new Set([
  "source_id",
  "country",
  "region",
  "city",
  "stream_kind",
  "tags",
  "health_status",
  "collection",
]);
const ItemsParams = z.strictObject({
  ...FILTERS,
  bbox,
  limit: z.int().min(1).optional(),
  datetime: z.string().optional(),
  cursor: CameraQuery.shape.cursor,
  f: FORMAT,
});

export type ItemsQuery = { query: CameraQuery; interval: Interval | null };

/**
 * The cameras that a request for items means.
 * @throws ArgusError ARGUS_QUERY_INVALID naming the parameter, unknown ones too, as the standard has it
 */
export function readItemsQuery(params: URLSearchParams): ItemsQuery {
  const raw = Object.fromEntries(
    [...new Set(params.keys())].map((name) => [name, readParam(name, params.getAll(name))]),
  );
  const given = parseOrThrow(ItemsParams, raw, "the query", "ARGUS_QUERY_INVALID");
  const { f: _f, source_id, stream_kind, tags, health_status, datetime, limit = DEFAULT_PAGE_SIZE, ...rest } = given;
  return {
    query: {
      ...rest,
      source: source_id,
      kind: stream_kind,
      tag: tags,
      health: health_status,
      // More than a page holds is no error, but a page.
      limit: Math.min(limit, MAX_PAGE_SIZE),
    },
    interval: datetime === undefined ? null : readInterval(datetime),
  };
}

function readParam(name: string, values: string[]): unknown {
  if (LISTS.has(name)) return values;
  const [value = ""] = values;
  // A second value would be ignored in silence; handed on as a list it is refused by name.
  if (values.length > 1) return values;
  if (name === "bbox") return readBbox(value);
  return name === "limit" && WHOLE.test(value) ? Number(value) : value;
}

/** Cameras have no heights, so those of a box say nothing. */
function readBbox(text: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  if ((parts.length !== FLAT && parts.length !== WITH_HEIGHTS) || !parts.every((part) => DECIMAL.test(part))) {
    throw paramRefused(
      "bbox",
      "must be four numbers: west,south,east,north; or six, with heights after south and north",
    );
  }
  const numbers = parts.map(Number);
  return parts.length === FLAT ? numbers : numbers.filter((_, at) => at % 3 !== 2);
}

const DESCRIPTIONS: Readonly<Record<keyof typeof FILTERS, string>> = {
  q: "Words that all begin a word in name, description, place or tags; case and accents do not matter.",
  source_id: "Cameras of these sources.",
  country: "ISO 3166-1 alpha-2 codes; any of them.",
  region: "Regions; any of them.",
  city: "Cities; any of them.",
  stream_kind: "Formats of the moving picture; any of them.",
  tags: "Tags; any of them.",
  health_status: "Health states; any of them.",
  collection: "Ids of collections of favourites and others; any of them.",
  favourite: "`yes`: only favourites.",
  gone: "`no` (default): still listed by their source; `yes`: only the gone; `any`: both.",
  duplicates: "`hide`: not the cameras that another one stands for; `show` (default): all.",
};

export const FORMAT_PARAMETER: Parameter = {
  name: "f",
  in: "query",
  schema: z.enum(["json"]),
  description: "The format; there is no other.",
};

export const ITEMS_PARAMETERS: readonly Parameter[] = [
  {
    name: "limit",
    in: "query",
    explode: false,
    schema: z.int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
    description: `Cameras a page holds; of more than ${MAX_PAGE_SIZE} there are ${MAX_PAGE_SIZE}.`,
  },
  {
    name: "bbox",
    in: "query",
    explode: false,
    schema: z.array(z.number()).meta({
      oneOf: [
        { minItems: FLAT, maxItems: FLAT },
        { minItems: WITH_HEIGHTS, maxItems: WITH_HEIGHTS },
      ],
    }),
    description:
      "west,south,east,north in WGS 84 degrees; west > east crosses the antimeridian. Heights, as third and sixth " +
      "number, are passed over.",
  },
  {
    name: "datetime",
    in: "query",
    explode: false,
    schema: z.string(),
    description:
      "A time, or an interval `from/until` of which one may be `..`: cameras whose `last_seen_at` is in it. " +
      "A page may then hold fewer than `limit`, even none, and still have a `next` link.",
  },
  ...Object.entries(DESCRIPTIONS).map(([name, description]): Parameter => ({
    name,
    in: "query",
    schema: FILTERS[name as keyof typeof FILTERS],
    description,
  })),
  { name: "cursor", in: "query", schema: z.string(), description: "What a `next` link has; opaque." },
  FORMAT_PARAMETER,
];
