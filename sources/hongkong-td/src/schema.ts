import { PictureUrl } from "@argus/source-sdk";
import { z } from "zod";

const Text = z.string().trim().min(1);

/** The root of the list; `image` is a list also when there is one camera. */
export const CameraList = z.object({ "image-list": z.object({ image: z.array(z.unknown()) }) });

/** One camera; only what is used of it. Everything is text, as XML has it. */
export const Snapshot = z.object({
  key: Text,
  region: Text,
  /** Not there in lists of 2019. */
  district: Text.optional(),
  description: Text,
  latitude: z.string().optional(),
  longitude: z.string().optional(),
  /** Upper and lower case matter: `…/H429F.JPG`. */
  url: PictureUrl,
});
export type Snapshot = z.infer<typeof Snapshot>;
