import { imageUrl } from "@argus/source-sdk";
import { z } from "zod";

/** Text that may be missing or empty, which both are null. */
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);
const degrees = z.union([z.number(), z.string()]).nullish();

/** One view of a camera: the rows of one site share its number, its name and its position. */
export const View = z.object({
  /** The site's name. */
  Myndavel: z.string().trim().min(1),
  /** What the view shows, in Icelandic. */
  Skyring: text,
  /** The picture's address. */
  Slod: text
    .refine((address) => address === null || imageUrl(address) !== null, "must be an http or https URL")
    .transform((address) => imageUrl(address)),
  /** The road's name and number. */
  Vegheiti: text,
  NrVegur: z.union([z.number().transform(String), text]),
  /** Latitude and longitude; `PntX` and `PntY` are ISN93 metres. */
  Breidd: degrees,
  Lengd: degrees,
});
export type View = z.infer<typeof View>;
