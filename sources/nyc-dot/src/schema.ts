import { textBoolean } from "@argus/source-sdk";
import { z } from "zod";

const MAX_NAME = 300;

/** A camera as `GET /api/cameras` lists it; only what is used of it. */
export const Row = z
  .object({
    id: z.string().min(1),
    name: z.string().trim().min(1).max(MAX_NAME),
    latitude: z.number(),
    longitude: z.number(),
    area: z.string().default(""),
    /** Text: `"true"` or `"false"`. */
    isOnline: z.union([z.boolean(), z.string()]).transform((value) => textBoolean(value)),
    imageUrl: z.string(),
  })
  .refine(({ isOnline }) => isOnline !== null, { path: ["isOnline"], message: "must be true or false" });
export type Row = z.infer<typeof Row>;
