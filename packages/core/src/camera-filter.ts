import { z } from "zod";

import { HealthStatus, StreamKind } from "./camera.ts";
import { Bbox, Near } from "./coordinates.ts";
import { CountryCode } from "./countries.ts";
import { CollectionId, SourceId } from "./ids.ts";

const MAX_TERMS = 50;
const MAX_TEXT = 200;

/** How many cameras a page holds when nothing is said. */
export const DEFAULT_PAGE_SIZE = 100;
/** The most one page may hold. */
export const MAX_PAGE_SIZE = 1000;

const anyOf = <Value extends z.ZodType>(value: Value) => z.array(value).min(1).max(MAX_TERMS).optional();
const place = z.string().trim().min(1).max(MAX_TEXT);

/** Which cameras: every field narrows, and a list within a field widens. Nothing given: all that are not gone. */
export const CameraFilter = z.strictObject({
  /** Words that all begin a word in name, description, place or tags; case and accents do not matter. */
  q: z.string().trim().min(1).max(MAX_TEXT).optional(),
  source: anyOf(SourceId),
  country: anyOf(CountryCode),
  region: anyOf(place),
  city: anyOf(place),
  kind: anyOf(StreamKind),
  tag: anyOf(place),
  health: anyOf(HealthStatus),
  bbox: Bbox.optional(),
  near: Near.optional(),
  /** Ids of collections; cameras that are in any of them. */
  collection: anyOf(CollectionId),
  /** `yes`: only favourites. */
  favourite: z.literal("yes").optional(),
  /** `no` (default): still listed by their source; `yes`: only the gone; `any`: both. */
  gone: z.enum(["no", "yes", "any"]).optional(),
  /** `hide`: not those another camera stands for, so that each view comes once; `show` (default): all. */
  duplicates: z.enum(["show", "hide"]).optional(),
});
export type CameraFilter = z.infer<typeof CameraFilter>;

/** A page's order; the id breaks ties. A leading `-` reverses. `distance` needs `near`. */
export const CameraSort = z.enum([
  "id",
  "-id",
  "name",
  "-name",
  "first_seen_at",
  "-first_seen_at",
  "last_seen_at",
  "-last_seen_at",
  "distance",
]);
export type CameraSort = z.infer<typeof CameraSort>;

/** A filter with an order, a page size and where the last page ended. */
export const CameraQuery = CameraFilter.extend({
  sort: CameraSort.optional(),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).optional(),
  /** A former answer's `next_cursor`, as it was given. */
  cursor: z.string().max(1000).optional(),
}).refine((query) => query.sort !== "distance" || query.near !== undefined, {
  path: ["sort"],
  message: "sort=distance needs near=lon,lat,km",
});
export type CameraQuery = z.infer<typeof CameraQuery>;

/** How many cameras of a filter have each value, most first. */
export const Facet = z.array(z.object({ value: z.string(), count: z.int().positive() }));
export type Facet = z.infer<typeof Facet>;

export const Facets = z.object({
  source: Facet,
  country: Facet,
  region: Facet,
  city: Facet,
  kind: Facet,
  tag: Facet,
  health: Facet,
});
export type Facets = z.infer<typeof Facets>;
