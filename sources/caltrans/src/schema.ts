import { textBoolean } from "@argus/source-sdk";
import { z } from "zod";

// "…/data/d7/cctv/image/i110196avenue26offramp/i110196avenue26offramp.jpg"
const IMAGE_FOLDER = /\/image\/(?<folder>[^/\s]+)\/[^/]+$/u;
const MAX_NAME = 300;
const S_PER_MINUTE = 60;
const MAX_REFRESH_S = 86_400;

/** What `cctvStatusD<nn>.json` tells of a camera; only what is used of it. Everything is text, numbers and booleans too. */
const Cctv = z
  .object({
    location: z.object({
      locationName: z.string().trim().min(1).max(MAX_NAME),
      nearbyPlace: z.string().default(""),
      longitude: z.string(),
      latitude: z.string(),
      /** Of the carriageway: `North`, `Median`, empty. Not where the camera looks. */
      direction: z.string().default(""),
      route: z.string().default(""),
    }),
    inService: z.string().transform((text) => textBoolean(text)),
    imageData: z.object({
      /** HLS; empty where there is none. */
      streamingVideoURL: z.string().default(""),
      static: z.object({
        /** Sent in minutes, here in seconds; null when it is no number. */
        currentImageUpdateFrequency: z
          .string()
          .default("")
          .transform((minutes) => secondsOf(minutes)),
        currentImageURL: z.string().default(""),
      }),
    }),
  })
  .refine(({ inService }) => inService !== null, { path: ["inService"], message: "must be true or false" })
  .transform((row) => ({ ...row, folder: folderOf(row.imageData.static.currentImageURL) }))
  .refine(({ inService, folder }) => inService === false || folder !== null, {
    path: ["imageData", "static", "currentImageURL"],
    message: "must name the camera's image folder",
  });
export type Cctv = z.infer<typeof Cctv>;

/** A row of a district's list. */
export const Row = z.object({ cctv: Cctv });

export const List = z.object({ data: z.array(z.unknown()) });

/** The folder of a camera's pictures: the one thing about it that is unique in its district, and stays. */
function folderOf(imageUrl: string): string | null {
  return IMAGE_FOLDER.exec(imageUrl.trim())?.groups?.["folder"] ?? null;
}

function secondsOf(minutes: string): number | null {
  const seconds = Number(minutes) * S_PER_MINUTE;
  return seconds > 0 && seconds <= MAX_REFRESH_S ? seconds : null;
}
