import { PictureUrl, RowText, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

const CAMERA = "liveCams";

const Feature = z.looseObject({ eventType: z.string().optional().catch(undefined) });

/** A collection of cameras, or the list of everything that happens (`all-feeds-web.json`), of which cameras are one type. */
export const Feed = z
  .union([z.array(Feature), z.object({ features: z.array(Feature) }).transform(({ features }) => features)])
  .transform((features) => features.filter(({ eventType }) => eventType === undefined || eventType === CAMERA));

/** A camera as a feature of GeoJSON; only what is used. */
export const NswCamera = z.object({
  id: z.string().min(1),
  properties: z.object({
    title: RowText,
    /** "5 Ways at The Boulevarde looking west towards Sutherland." */
    view: RowTextOrNull,
    /** `SYD_SOUTH`, `REG_WEST`, … */
    region: RowTextOrNull,
    /** `W`, `N-W`, … */
    direction: RowTextOrNull,
    href: PictureUrl,
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type NswCamera = z.infer<typeof NswCamera>;
