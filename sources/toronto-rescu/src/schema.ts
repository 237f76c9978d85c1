import { PictureUrl, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

const Id = z.union([z.int(), z.string().trim().regex(/^\d+$/u)]).transform(String);

/** A camera of the city's list; only what is used of it. */
export const CameraFeature = z.object({
  properties: z.object({
    /** The camera's number, which its picture's name holds too. `_id` and `OBJECTID` only count the rows. */
    REC_ID: Id,
    IMAGEURL: PictureUrl,
    MAINROAD: RowTextOrNull,
    CROSSROAD: RowTextOrNull,
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type CameraFeature = z.infer<typeof CameraFeature>;
