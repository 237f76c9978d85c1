import { PictureUrl } from "@argus/source-sdk";
import { z } from "zod";

const degrees = z.union([z.number(), z.string()]).nullish();

/** A camera as the list has it. */
export const Camera = z.object({
  id: z.string().trim().min(1),
  /** Road and kilometre, or a stretch of road. */
  stakenumber: z
    .string()
    .nullish()
    .transform((text) => text?.trim() ?? ""),
  /** Longitude. */
  gisx: degrees,
  /** Latitude. */
  gisy: degrees,
  /** No page, in spite of its name: the MJPEG stream's address. */
  html: PictureUrl,
});
export type Camera = z.infer<typeof Camera>;
