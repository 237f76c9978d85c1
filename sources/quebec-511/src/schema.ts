import { PictureUrl, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

const Id = z.union([z.int(), z.string().trim().regex(/^\d+$/u)]).transform(String);

/** A camera of the layer `ms:infos_cameras`, whose values are all text; only what is used of it. */
export const CameraFeature = z.object({
  properties: z.object({
    IDEcamera: Id,
    DescriptionLocalisationFr: RowTextOrNull,
    DescriptionLocalisationEn: RowTextOrNull,
    /** `Estrie`, `Québec (Capitale-Nationale)` … */
    NomRegionDiffusion: RowTextOrNull,
    NomPosteFrontalier: RowTextOrNull,
    NomPontFrontalier: RowTextOrNull,
    /** The page that plays the camera's last clip. */
    URL_FLUX_DONNEE: PictureUrl,
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type CameraFeature = z.infer<typeof CameraFeature>;
