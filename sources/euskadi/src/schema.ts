import { PictureUrlOrNull, RowId, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

/** Where the Basque Government's pictures were: others found that these addresses, which the list still has, are dead. */
const MOVED = /^https?:\/\/(?:www\.)?trafikoa\.(?:eus|net)(?=\/static\/)/iu;
const MOVED_TO = "https://apps.trafikoa.euskadi.eus";

/** A page; the first one has rows. */
export const Page = z
  .object({
    totalItems: z.int(),
    totalPages: z.int(),
    currentPage: z.int(),
    cameras: z.array(z.unknown()),
  })
  .refine(({ cameras, currentPage }) => cameras.length > 0 || currentPage > 1, "the first page lists no camera");

const number = z.union([z.string(), z.number()]).nullish();

/** A camera as the API lists it; everything is text. */
export const Camera = z.object({
  cameraId: RowId,
  /** The body that the camera belongs to. */
  sourceId: RowId,
  cameraName: RowTextOrNull,
  /** Missing where nothing is published. */
  urlImage: z
    .string()
    .nullish()
    .transform((address): string | null | undefined => address?.trim().replace(MOVED, MOVED_TO))
    .pipe(PictureUrlOrNull),
  /** Degrees, or the northing of UTM zone 30. */
  latitude: number,
  /** Degrees, or the easting of UTM zone 30. */
  longitude: number,
  /** The road's name, like `BI-637` or `N - 637`. */
  road: RowTextOrNull,
  /** Kilometre of the road, like `008+500`. */
  kilometer: RowTextOrNull,
  /** A place by the road, or where it leads to. */
  address: RowTextOrNull,
});
export type Camera = z.infer<typeof Camera>;
