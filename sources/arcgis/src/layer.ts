import { z } from "zod";

const MAX_TEXT = 500;
const MAX_URL = 2000;
const MAX_COLUMNS = 5;
const MAX_REFRESH_S = 86_400;
const SLUG = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
const NO_QUERY = /^[^?#\s]+$/u;

const Text = z.string().trim().min(1).max(MAX_TEXT);
const Column = z.string().trim().min(1).max(100);
const Columns = z.array(Column).min(1).max(MAX_COLUMNS);

/** The columns (ArcGIS calls them fields) in which a layer says what a camera is. */
const LayerColumns = z
  .strictObject({
    id: Columns.describe(
      "What names a view for ever: no OBJECTID or FID, which are given anew. Of an address its path is used",
    ),
    name: Columns.describe("Joined; what repeats is said once"),
    image: Column.nullable().default(null).describe("Address of a still"),
    video: Column.nullable().default(null).describe("Address of the moving picture"),
    heading: Column.nullable().default(null).describe("Where the camera looks: a direction word or degrees"),
    city: Column.nullable().default(null).describe("Codes and road numbers in it are no city"),
    description: Column.nullable().default(null),
    tags: z.array(Column).max(MAX_COLUMNS).default([]),
  })
  .refine(({ image, video }) => image !== null || video !== null, "needs a column for image, video or both");

/** A layer and how its rows are read. */
export const Layer = z.strictObject({
  id: z
    .string()
    .max(40)
    .regex(SLUG, "must be lower-case words joined by hyphens")
    .describe("Begins its cameras' ids: never change it"),
  url: z
    .string()
    .max(MAX_URL)
    .regex(NO_QUERY, "must be an address or path without a query")
    .describe("…/FeatureServer/0 or …/MapServer/0; without a host it is below base_url"),
  where: Text.default("1=1").describe("Which rows, in ArcGIS's SQL"),
  columns: LayerColumns,
  in_service: z
    .strictObject({ column: Column, values: z.array(Text).min(1).max(20) })
    .nullable()
    .default(null)
    .describe("Only rows with one of these values are cameras in service"),
  name_separator: z.string().max(5).default(", "),
  drop_name_code: z.boolean().default(false).describe("Whether `, PRC` at a name's end is a code"),
  video_kind: z.enum(["hls", "mjpeg", "mp4"]).default("hls"),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u, "must be a code like US")
    .nullable()
    .default(null),
  region: Text.max(120).nullable().default(null),
  area: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .nullable()
    .default(null)
    .describe("West, south, east, north: what lies outside has no position"),
  refresh_s: z.number().positive().max(MAX_REFRESH_S).nullable().default(null),
  tags: z.array(Text.max(60)).max(10).default(["traffic"]),
  attribution: Text,
  licence: Text.default("unknown"),
  terms_url: z
    .url({ protocol: /^https?$/u })
    .max(MAX_URL)
    .nullable()
    .default(null),
});
export type Layer = z.infer<typeof Layer>;
