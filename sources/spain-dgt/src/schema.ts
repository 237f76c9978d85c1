import { PictureUrl, RowId } from "@argus/source-sdk";
import { z } from "zod";

/** Text that may be missing, or a number. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value?.trim() ?? "");

/** A camera as `camaras.json` lists it; everything is text. */
export const Camera = z.object({
  id: RowId,
  /** The road's name, like `A-62`. */
  carretera: z.string().trim().min(1),
  /** Kilometre of the road. */
  pk: text,
  /** `+` where the kilometres rise, `-` where they fall. */
  sentido: text,
  /** The province's number by INE, 01 to 52. */
  provincia: text,
  latitud: text,
  longitud: text,
  imagen: PictureUrl,
});
export type Camera = z.infer<typeof Camera>;
