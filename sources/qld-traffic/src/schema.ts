import { PictureUrl, RowId, RowText, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

/** A camera of `GET /v1/webcams` or `/v1/floodcams`; only what is used of it. */
export const CameraFeature = z.object({
  properties: z.object({
    id: RowId,
    description: RowText,
    /** Where it looks: `North`, `NorthEast` …; the description's last word is coarser and at times another. */
    direction: z.string().nullish(),
    locality: RowTextOrNull,
    image_url: PictureUrl,
    /** Whose picture it is, when it is not the department's. */
    image_sourced_from: RowTextOrNull,
    extra_info: RowTextOrNull,
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type CameraFeature = z.infer<typeof CameraFeature>;
