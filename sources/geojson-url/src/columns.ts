import { z } from "zod";

const MAX_COLUMN = 200;
const MAX_COLUMNS = 5;
const MAX_TEMPLATE = 2000;

const Column = z.string().trim().min(1).max(MAX_COLUMN);
const Columns = z.array(Column).max(MAX_COLUMNS).default([]);
const Address = z.string().trim().min(1).max(MAX_TEMPLATE).nullable().default(null);

/**
 * Where a row says what a camera is: a column of a CSV file, a property of GeoJSON, a field of JSON. `a.b` or `a.0` is
 * what lies within another.
 */
export const ListColumns = z
  .strictObject({
    id: Columns.describe(
      "What names a view for ever; \"$id\" is the feature's own. None: an id is made of its picture's address",
    ),
    name: Columns.describe("Joined; what repeats is said once. None: the list's title and the id"),
    image: Address.describe("A still: its column, or an address with columns in it, https://city.example/{code}.jpg"),
    video: Address.describe("The moving picture, likewise"),
    page: Address.describe("A page about the camera, likewise; it is the camera where there is no picture"),
    position: Column.nullable()
      .default(null)
      .describe('WKT, "lat, lon" or an object; none: the geometry, or the columns named lat, lon and so on'),
    lat: Column.nullable().default(null),
    lon: Column.nullable().default(null),
    heading: Column.nullable().default(null).describe("Where the camera looks: a direction word or degrees"),
    country: Column.nullable().default(null).describe("A code like DE; what is none counts for nothing"),
    region: Column.nullable().default(null),
    city: Column.nullable().default(null),
    description: Column.nullable().default(null),
    attribution: Column.nullable().default(null).describe("Where it differs from camera to camera"),
    tags: Columns,
  })
  .refine(({ image, video, page }) => (image ?? video ?? page) !== null, "needs image, video or page")
  .refine(({ lat, lon }) => (lat === null) === (lon === null), "needs both lat and lon, or neither");
export type ListColumns = z.infer<typeof ListColumns>;
