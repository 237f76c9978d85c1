import { PictureUrl } from "@argus/source-sdk";
import { z } from "zod";

const ID_PREFIX = /^ID\s*/u;

/** A placemark of the KML file, as `kmlPlacemarks` reads it; `ID 10147` is camera 10147. */
export const Placemark = z.object({
  id: z
    .string()
    .transform((id) => id.replace(ID_PREFIX, ""))
    .pipe(z.string().min(1)),
  name: z.string(),
  image: PictureUrl,
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type Placemark = z.infer<typeof Placemark>;

/** A camera of `GetCamerasAsJson`; only what is used of it. */
export const HighwayCamera = z.object({
  CameraID: z.int(),
  Title: z.string().trim().min(1),
  ImageURL: PictureUrl,
  IsActive: z.boolean(),
  DisplayLatitude: z.number().nullable(),
  DisplayLongitude: z.number().nullable(),
  CameraLocation: z
    .object({
      /** `N`, `S`, `E`, `W`, or `B` for both. */
      Direction: z.string().nullish(),
      Latitude: z.number().nullish(),
      Longitude: z.number().nullish(),
    })
    .nullish(),
  CameraOwner: z.string().nullish(),
  OwnerURL: z.string().nullish(),
});
export type HighwayCamera = z.infer<typeof HighwayCamera>;
