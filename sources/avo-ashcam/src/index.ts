import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  headingOf,
  imageUrl,
  plainText,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { newestOf, Webcam, whyLeftOut } from "./schema.ts";

const ALASKA: Bbox = [165, 50, -129, 72];
const HAWAII: Bbox = [-161, 18, -154, 23];
/** The Cascades, California and Yellowstone. */
const WEST: Bbox = [-125, 32, -104, 49.5];
const MARIANAS: Bbox = [144, 12, 147, 21.5];
const AREAS: Bbox[] = [ALASKA, HAWAII, WEST, MARIANAS];
/** Stations without sun rest for weeks; what gave no picture for longer is no camera in service. */
const OFF_AFTER_S = 30 * 86_400;
/** Whose own pictures these are; those of other hosts are only shown again. */
const OBSERVATORIES = /(?:^|\.)(?:usgs\.gov|alaska\.edu)$/u;
const MAX_TAG = 60;

const source: Source = defineSource({
  apiVersion: 1,
  id: "avo-ashcam",
  name: "USGS volcano cameras (Ashcam)",
  description:
    "About 150 cameras on volcanoes in Alaska, the Cascades, Hawaii and Yellowstone, as stills of the Alaska Volcano Observatory and the US Geological Survey.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["volcview.wr.usgs.gov", "avo.alaska.edu"],
  attribution: "Alaska Volcano Observatory / U.S. Geological Survey",
  licence: "Public domain (work of the US federal government)",
  terms_url: "https://www.usgs.gov/information-policies-and-instructions/copyrights-and-credits",
  areas: AREAS,
  interval_s: 21_600,
  options: z.object({ base_url: baseUrl("https://volcview.wr.usgs.gov/ashcam-api") }),

  async scrape(ctx) {
    const url = `${ctx.options.base_url}/webcamApi/webcams`;
    const { webcams } = await ctx.http.json(url, z.object({ webcams: z.array(z.unknown()) }));
    const newest = newestOf(webcams);
    const groups = Map.groupBy(webcams, (row) => whyLeftOut(row, newest, OFF_AFTER_S));
    const idOf = (row: unknown) => z.object({ webcamCode: z.string() }).parse(row).webcamCode;
    for (const webcam of readRows(groups.get(null) ?? [], Webcam, ctx, { idOf })) await ctx.emit(toCamera(webcam));
    ctx.log.info("cameras were left out", {
      offline: groups.get("offline")?.length ?? 0,
      hidden: groups.get("hidden")?.length ?? 0,
      faa: groups.get("faa")?.length ?? 0,
    });
  },
});
export default source;

function toCamera(webcam: Webcam): CameraInput {
  const { webcamCode: id, latitude, longitude, bearingDeg } = webcam;
  const place = positionOf({ latitude, longitude }, { areas: AREAS });
  const volcano = plainText(webcam.vName);
  const external = imageUrl(webcam.externalUrl);
  return {
    id,
    name: plainText(webcam.webcamName) ?? id,
    description: volcano === null ? null : `Volcano: ${volcano}`,
    ...place,
    ...regionOf(place.lat, place.lon),
    heading_deg: headingOf(bearingDeg),
    stream_url: imageUrl(webcam.currentImageUrl),
    stream_kind: "jpeg",
    page_url: external,
    tags: ["volcano", ...(volcano === null || volcano.length > MAX_TAG ? [] : [volcano.toLowerCase()])],
    ...creditOf(external),
  };
}

function regionOf(lat: number | null, lon: number | null): Pick<CameraInput, "country" | "region"> {
  if (lat === null || lon === null) return {};
  if (lat > ALASKA[1]) return { country: "US", region: "Alaska" };
  if (lon > MARIANAS[0]) return { country: "MP" };
  return { country: "US", region: lat < HAWAII[3] ? "Hawaii" : null };
}

/** A picture of somebody else's that is only shown again keeps its owner's rights. */
function creditOf(external: string | null): Pick<CameraInput, "attribution" | "licence"> {
  const host = external === null ? null : new URL(external).hostname;
  if (host === null || OBSERVATORIES.test(host)) return {};
  return { attribution: `${host}, shown by the U.S. Geological Survey`, licence: "unknown" };
}
