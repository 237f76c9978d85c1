import { PictureUrl, RowId, RowTextOrNull, textBoolean } from "@argus/source-sdk";
import { z } from "zod";

const MS = 1000;
const Flag = z.string().nullish();

/** What a webcam says of itself before anything else is read of it. */
const Flags = z.object({
  hasImages: Flag,
  isPublic: Flag,
  faaInd: Flag,
  organization: z.string().nullish(),
  lastImageTimestamp: z.coerce.number().nullish().catch(null),
});
type Flags = z.infer<typeof Flags>;

/** A webcam, as `GET /webcamApi/webcams` lists it; only what is used of it. */
export const Webcam = z.object({
  webcamCode: RowId,
  webcamName: RowTextOrNull,
  latitude: z.union([z.number(), z.string()]).nullish(),
  longitude: z.union([z.number(), z.string()]).nullish(),
  bearingDeg: z.union([z.number(), z.string()]).nullish(),
  /** The volcano's name. */
  vName: RowTextOrNull,
  externalUrl: z.string().nullish(),
  currentImageUrl: PictureUrl,
});
export type Webcam = z.infer<typeof Webcam>;

/**
 * Seconds of UNIX time of the newest picture in the list, which is no later than now: some camera's clock runs ahead. What
 * was last seen long before it is off.
 */
export function newestOf(rows: readonly unknown[]): number {
  const newest = rows.reduce<number>((latest, row) => Math.max(latest, flagsOf(row)?.lastImageTimestamp ?? 0), 0);
  return Math.min(newest, Date.now() / MS);
}

/** Why a webcam is left out; null when it is not, and for a row that cannot be read, which is for `readRows` to turn away. */
export function whyLeftOut(row: unknown, newestS: number, offAfterS: number): "offline" | "hidden" | "faa" | null {
  const flags = flagsOf(row);
  if (flags === null) return null;
  if (textBoolean(flags.faaInd) === true || /^faa$/iu.test(flags.organization?.trim() ?? "")) return "faa";
  if (textBoolean(flags.isPublic) === false) return "hidden";
  const isOld = newestS - (flags.lastImageTimestamp ?? 0) > offAfterS;
  return textBoolean(flags.hasImages) === true && !isOld ? null : "offline";
}

function flagsOf(row: unknown): Flags | null {
  return Flags.safeParse(row).data ?? null;
}
