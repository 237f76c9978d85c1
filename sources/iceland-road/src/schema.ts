import { PictureUrlOrNull, RowText, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

const degrees = z.union([z.number(), z.string()]).nullish();

/** One view of a camera: the rows of one site share its number, its name and its position. */
export const View = z.object({
  /** The site's name. */
  Myndavel: RowText,
  /** What the view shows, in Icelandic. */
  Skyring: RowTextOrNull,
  /** The picture's address. */
  Slod: PictureUrlOrNull,
  /** The road's name and number. */
  Vegheiti: RowTextOrNull,
  NrVegur: z.union([z.number().transform(String), RowTextOrNull]),
  /** Latitude and longitude; `PntX` and `PntY` are ISN93 metres. */
  Breidd: degrees,
  Lengd: degrees,
});
export type View = z.infer<typeof View>;
