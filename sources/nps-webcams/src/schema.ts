import { textBoolean } from "@argus/source-sdk";
import { z } from "zod";

const Text = z.string().nullish();
/** Text as sent, empty when unknown; a number as some clients have it. */
const Degrees = z.union([z.string(), z.number()]).nullish();
const Flag = z
  .union([z.boolean(), z.string(), z.number()])
  .nullish()
  .transform((value) => textBoolean(value) ?? false);

/** A webcam of `GET /api/v1/webcams`; only what is used of it. `images` are photographs of the place and not the camera's. */
export const Webcam = z.object({
  id: z.string().min(1),
  url: z.string().min(1),
  title: z.string().min(1),
  description: Text,
  status: z.string().min(1),
  isStreaming: Flag,
  latitude: Degrees,
  longitude: Degrees,
  credit: Text,
  relatedParks: z.array(z.object({ name: Text, fullName: Text, states: Text })).default([]),
});
export type Webcam = z.infer<typeof Webcam>;

/** A page of the list; its counts are text. */
export const WebcamPage = z.object({
  total: z.union([z.string(), z.number()]).transform(Number),
  data: z.array(z.unknown()),
});
