import { z } from "zod";

const MAX_NAME = 300;

/** A station as the list has it, read as GeoJSON; only what is used of it. */
export const Station = z.object({
  properties: z.object({
    name: z.string().trim().min(1).max(MAX_NAME),
    collectionStatus: z.string(),
    /** Each of a station's views. */
    presets: z.array(z.object({ id: z.string().min(1), inCollection: z.boolean() })),
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type Station = z.infer<typeof Station>;
