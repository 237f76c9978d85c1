import { z } from "zod";

const MS_PER_S = 1000;
const MAX_REFRESH_S = 86_400;

/** `cameras/USA.json`: state, then county or city, then its cameras. */
export const CountryFile = z.record(z.string(), z.record(z.string(), z.array(z.unknown())));

// Milliseconds as number or text; what is no sensible interval is unknown.
const RefreshSeconds = z
  .unknown()
  .default(null)
  .transform((updateRate) => {
    const seconds = Number(updateRate) / MS_PER_S;
    return seconds > 0 && seconds <= MAX_REFRESH_S ? seconds : null;
  });

/** One camera; only what is used of it. */
const Row = z.object({
  description: z.string().trim().min(1),
  latitude: z.number(),
  longitude: z.number(),
  direction: z.string().optional(),
  url: z.string(),
  format: z.enum(["IMAGE_STREAM", "M3U8"]),
  updateRate: RefreshSeconds,
  markedForReview: z.boolean().optional(),
});

/** A camera with the two keys it was filed under. */
export const FiledRow = z.object({ state: z.string(), place: z.string(), row: Row });
export type FiledRow = z.infer<typeof FiledRow>;
