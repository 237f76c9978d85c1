import { RowId, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

/** A webcam of `GET /webcams/api/v3/webcams`; only what is used of it. */
export const Webcam = z.object({
  /** A number as sent; clients have seen it as text. */
  webcamId: RowId,
  title: RowTextOrNull,
  status: z.string(),
  categories: z.array(z.object({ name: z.string().min(1) })).default([]),
  location: z.object({
    latitude: z.number().nullish(),
    longitude: z.number().nullish(),
    city: RowTextOrNull,
    region: RowTextOrNull,
    country_code: RowTextOrNull,
  }),
  urls: z.object({ detail: z.string().nullish() }).nullish(),
});
export type Webcam = z.infer<typeof Webcam>;

/** A row's webcam id; null when it has none. */
export function idOf(row: unknown): string | null {
  return Webcam.pick({ webcamId: true }).safeParse(row).data?.webcamId ?? null;
}

/** A page of webcams, and how many there are in all. */
export const WebcamPage = z.object({ total: z.int().nonnegative(), webcams: z.array(z.unknown()) });

/** A row of `/countries` (`CH`) and `/regions` (`CH.25`). */
export const Place = z.object({ code: z.string().min(1) });
/** A row of `/categories`. */
export const Category = z.object({ id: z.string().min(1) });

/** A single webcam with its pictures. Their addresses are the ones that expire. */
export const Pictures = z.object({
  images: z.object({ current: z.object({ preview: z.string().nullish() }).nullish() }).nullish(),
});
