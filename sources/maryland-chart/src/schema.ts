import { RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

/** Video is on `strmr3.sha.maryland.gov` and its kin; anything else is not CHART's. */
const STREAMER = /^[a-z0-9-]+\.sha\.maryland\.gov$/iu;
const STREAM_ID = /^[0-9a-z-]+$/iu;
const WORKING: ReadonlySet<string> = new Set(["OK", "COMM_MARGINAL"]);

/** The answer: an envelope with the cameras. */
export const CameraMap = z.object({
  success: z.literal(true),
  data: z.array(z.unknown()),
  /** How many there are in all. */
  totalCount: z.int().nonnegative().optional(),
});

/** One camera; only what is used of it. */
export const ChartCamera = z
  .object({
    id: z.string().regex(STREAM_ID, "must be letters and digits, for it is part of an address"),
    /** Often only a code: `710002`. */
    name: RowTextOrNull,
    description: RowTextOrNull,
    lat: z.number().nullish(),
    lon: z.number().nullish(),
    /** Despite its name a host name: where its video is. */
    cctvIp: z.string().trim().nullish(),
    /** `ONLINE`, or why it is not. */
    commMode: z.string(),
    /** `OK`, `COMM_MARGINAL`, or what has failed. */
    opStatus: z.string(),
    publicVideoURL: z.string().nullish(),
    /** Parts of the state: `Wash. DC`, `Eastern Shore`. */
    cameraCategories: z.array(RowTextOrNull).nullish(),
    /** `IS` of an interstate, `US`, `MD`. */
    routePrefix: RowTextOrNull,
    routeNumber: z.number().nullish(),
  })
  .refine((camera) => !isInService(camera) || STREAMER.test(camera.cctvIp ?? ""), {
    path: ["cctvIp"],
    error: "must be a host below sha.maryland.gov",
  });
export type ChartCamera = z.infer<typeof ChartCamera>;

/** Whether it shows a picture, if perhaps a bad one. */
export function isInService({ commMode, opStatus }: { commMode: string; opStatus: string }): boolean {
  return commMode === "ONLINE" && WORKING.has(opStatus);
}
