import { PictureUrlOrNull, RowText, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

const ID_PREFIX = /^cctv_/u;
const AROUND_COLON = /\s+:\s+/u;
// "c2c.dot.ga.gov/…", "http:/navigator-c2c…", "navigatos-c2c…", "navigator-c2c-.…": all one host, mistyped.
const MISTYPED = /^(?:https?:[/\\]*)?(?:navigato[a-z]-)?c2c-?\.dot\.ga\.gov[/\\]/iu;
const STILLS = "http://navigator-c2c.dot.ga.gov/";

/** A camera of NaviGAtor, as a feature's properties; only what is used. What it does not have is null or left out. */
export const NavigatorCamera = z.object({
  properties: z.object({
    cctv_id: z.string().transform((id) => id.replace(ID_PREFIX, "")),
    location_description: z
      .string()
      .transform((text) => text.replace(AROUND_COLON, ": "))
      .pipe(RowText),
    dir: RowTextOrNull,
    route: RowTextOrNull,
    county: RowTextOrNull,
    url: z
      .string()
      .nullish()
      .transform((still): string | null | undefined => still?.replace(MISTYPED, STILLS))
      .pipe(PictureUrlOrNull),
    HLS: PictureUrlOrNull,
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type NavigatorCamera = z.infer<typeof NavigatorCamera>;
