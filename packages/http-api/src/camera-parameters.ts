import { CameraFilter, CameraQuery } from "@argus/core";
import { z } from "zod";

import type { Parameter } from "./route.ts";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  q: "Words that all begin a word in name, description, place or tags; case and accents do not matter.",
  source: "Source ids; any of them.",
  country: "ISO 3166-1 alpha-2 codes; any of them.",
  region: "Regions; any of them.",
  city: "Cities; any of them.",
  kind: "Formats of the moving picture; any of them.",
  tag: "Tags; any of them.",
  health: "Health states; any of them.",
  bbox: "west,south,east,north in WGS 84 degrees; west > east crosses the antimeridian.",
  near: "longitude,latitude,kilometres: within that distance.",
  collection: "Ids of collections; any of them.",
  favourite: "`yes`: only favourites.",
  gone: "`no` (default): still listed by their source; `yes`: only the gone; `any`: both.",
  duplicates:
    "`hide`: not the cameras that another one stands for, so that each view comes once; `show` (default): all.",
  sort: "The order; the id breaks ties. `distance` needs `near`.",
  limit: "Cameras a page holds, 100 when nothing is said.",
  cursor: "A former answer's `next_cursor`.",
};

// Written as one value with commas; the schemas of core describe what they become.
const WRITTEN_WITH_COMMAS: Readonly<Record<string, z.ZodType>> = {
  bbox: z.array(z.number()).length(4),
  near: z.array(z.number()).length(3),
};

/** The parameters of calls that take a filter. */
export const FILTER_PARAMETERS: readonly Parameter[] = parametersOf(CameraFilter.shape);
/** The parameters of calls that take a filter, an order and a page. */
export const QUERY_PARAMETERS: readonly Parameter[] = parametersOf(CameraQuery.shape);

export const ID_PARAMETER: Parameter = {
  name: "id",
  in: "path",
  required: true,
  schema: z.string(),
  description: "The camera's id, percent-encoded: `demo%3A1`.",
};

function parametersOf(shape: Readonly<Record<string, z.ZodType>>): Parameter[] {
  return Object.entries(shape).map(([name, schema]): Parameter => {
    const written = WRITTEN_WITH_COMMAS[name];
    const common = { name, in: "query" as const, description: DESCRIPTIONS[name] ?? "" };
    return written === undefined ? { ...common, schema } : { ...common, schema: written, explode: false };
  });
}
