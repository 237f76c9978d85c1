import { imageUrl, plainText } from "@argus/source-sdk";
import { z } from "zod";

const Text = z.string().nullish().transform(plainText);
const Id = z.union([z.int(), z.string().trim().min(1)]).transform(String);

/** A camera of `GET /v1/webcams` or `/v1/floodcams`; only what is used of it. */
export const CameraFeature = z.object({
  properties: z.object({
    id: Id,
    description: z.string().transform(plainText).pipe(z.string("says nothing")),
    /** Where it looks: `North`, `NorthEast` …; the description's last word is coarser and at times another. */
    direction: z.string().nullish(),
    locality: Text,
    image_url: z
      .string()
      .transform((url) => imageUrl(url))
      .pipe(z.string("is no web address")),
    /** Whose picture it is, when it is not the department's. */
    image_sourced_from: Text,
    extra_info: Text,
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type CameraFeature = z.infer<typeof CameraFeature>;

/** What a feature that is turned away is called. */
export function idOf(feature: unknown): string {
  return z.object({ properties: z.object({ id: Id }) }).parse(feature).properties.id;
}
