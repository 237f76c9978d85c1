import { RowText, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

/** `GET /service/traffic/rest/4/cameras/all`, in XML, which is what it gives unless asked for JSON. */
export const CameraList = z.object({ response: z.object({ camera: z.array(z.unknown()) }) });

/** A camera; only what is used. Its journey has an id, a name and places of its own, which are not the camera's. */
export const NztaCamera = z.object({
  id: z.string().min(1),
  name: RowText,
  description: RowTextOrNull,
  direction: RowTextOrNull,
  highway: RowTextOrNull,
  /** Below the origin: `/camera/714.jpg`. */
  imageUrl: z.string().min(1),
  viewUrl: z.string().nullish(),
  latitude: z.string(),
  longitude: z.string(),
  /** "true" or "false", as is `underMaintenance`. */
  offline: z.string().nullish(),
  underMaintenance: z.string().nullish(),
  region: z
    .object({ name: z.string().min(1) })
    .nullish()
    .catch(null),
});
export type NztaCamera = z.infer<typeof NztaCamera>;
