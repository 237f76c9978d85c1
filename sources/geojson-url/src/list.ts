import { z } from "zod";

import { ListColumns } from "./columns.ts";

const MAX_TEXT = 500;
const MAX_PLACE = 120;
const MAX_URL = 2000;
const MAX_REFRESH_S = 86_400;
const MAX_EPSG = 999_999;
const SLUG = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
const NO_SPACE = /^\S+$/u;

const Text = z.string().trim().min(1).max(MAX_TEXT);
const Degrees = z.number().min(-180).max(180);
const Latitude = z.number().min(-90).max(90);

/** A file on the web, whose cameras it lists, and how its rows are read. */
export const List = z.strictObject({
  id: z
    .string()
    .max(40)
    .regex(SLUG, "must be lower-case words joined by hyphens")
    .describe("Begins its cameras' ids: never change it"),
  url: z
    .string()
    .max(MAX_URL)
    .regex(NO_SPACE, "must be an address or path without spaces")
    .describe("Without a host it is below base_url; {key} stands for the key"),
  format: z
    .enum(["auto", "geojson", "csv", "json"])
    .default("auto")
    .describe("auto: CSV where the address says so, else GeoJSON"),
  title: Text.max(MAX_PLACE).describe("What the list is called"),
  attribution: Text.describe("The credit that its owner asks for"),
  licence: Text.default("unknown").describe("An SPDX id or the licence's name"),
  terms_url: z
    .url({ protocol: /^https?$/u })
    .max(MAX_URL)
    .nullable()
    .default(null),
  columns: ListColumns,
  rows: z.string().max(MAX_TEXT).default("").describe("Of JSON: where its rows lie, like data.cameras"),
  delimiter: z.string().length(1).nullable().default(null).describe("Of CSV; none: it is found out"),
  charset: z.string().max(40).nullable().default(null).describe("None: as the answer says, else UTF-8"),
  in_service: z
    .strictObject({ column: Text, values: z.array(z.string().trim().max(MAX_TEXT)).min(1).max(20) })
    .nullable()
    .default(null)
    .describe("Only rows with one of these values are cameras in service"),
  max_bad_share: z.number().min(0).max(1).default(0.2).describe("Past this share of bad rows the list has changed"),
  name_separator: z.string().max(5).default(", "),
  image_kind: z.enum(["auto", "jpeg", "mjpeg"]).default("auto").describe("auto: by the address's ending, else jpeg"),
  video_kind: z
    .enum(["auto", "hls", "mjpeg", "mp4"])
    .default("auto")
    .describe("auto: by the address's ending, else hls"),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u, "must be a code like US")
    .nullable()
    .default(null),
  region: Text.max(MAX_PLACE).nullable().default(null),
  area: z
    .tuple([Degrees, Latitude, Degrees, Latitude])
    .nullable()
    .default(null)
    .describe("West, south, east, north: what lies outside has no position, and swapped pairs are put right"),
  epsg: z
    .int()
    .positive()
    .max(MAX_EPSG)
    .nullable()
    .default(null)
    .describe("The system of its positions where they are no degrees: 3857, 25832, …"),
  refresh_s: z.number().positive().max(MAX_REFRESH_S).nullable().default(null),
  tags: z.array(Text.max(60)).max(10).default([]),
});
export type List = z.infer<typeof List>;
