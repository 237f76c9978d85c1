import { type Bbox, baseUrl } from "@argus/source-sdk";
import { z } from "zod";

/** Seconds that the server may take; the whole world takes it about one minute. */
export const QUERY_TIMEOUT_S = 180;

const ADDRESS_TAGS = "^(webcam|url|website|contact:website)$";

/** Where to look; nothing: everywhere. */
export const Options = z.object({
  base_url: baseUrl("https://overpass-api.de/api").describe("An Overpass API, of which /interpreter is asked"),
  area: z
    .tuple([
      z.number().min(-180).max(180),
      z.number().min(-90).max(90),
      z.number().min(-180).max(180),
      z.number().min(-90).max(90),
    ])
    .refine(([west, south, east, north]) => west < east && south < north, "must be west, south, east, north")
    .nullable()
    .default(null)
    .describe("West, south, east, north: only what lies in it; none is everywhere"),
  pages: z.boolean().default(true).describe("Whether webcams that can only be linked to are listed too"),
});

/**
 * What has an address of a webcam, and cameras that are called webcams and have any address. Without `out meta`: who
 * mapped them is nobody's business. https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL
 */
export function queryOf(area: Bbox | null): string {
  const [west, south, east, north] = area ?? [];
  const box = area === null ? "" : `[bbox:${south},${west},${north},${east}]`;
  return `[out:json][timeout:${QUERY_TIMEOUT_S}]${box};(
nwr["contact:webcam"];
nwr["man_made"="surveillance"]["surveillance"="webcam"][~"${ADDRESS_TAGS}"~"."];
);out center;`;
}
