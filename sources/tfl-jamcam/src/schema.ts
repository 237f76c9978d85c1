import { z } from "zod";

const PLACE_TYPE_PREFIX = /^JamCams_/u;

/** A place of type JamCam, as `GET /Place/Type/JamCam` lists it; only what is used of it. */
export const JamCam = z.object({
  id: z.string().transform((id) => id.replace(PLACE_TYPE_PREFIX, "")),
  commonName: z.string().trim().min(1),
  lat: z.number(),
  lon: z.number(),
  /** What is particular to cameras: `available` ("true" or "false"), `imageUrl`, `videoUrl`, `view`. */
  additionalProperties: z
    .array(z.object({ key: z.string(), value: z.string() }))
    .transform((properties) => new Map(properties.map(({ key, value }) => [key, value]))),
});
export type JamCam = z.infer<typeof JamCam>;
