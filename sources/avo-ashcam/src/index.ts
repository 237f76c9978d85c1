import {
  baseUrl,
  type CameraInput,
  defineSource,
  headingOf,
  imageUrl,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { AREAS, regionOf } from "./regions.ts";
import { newestOf, Webcam, whyLeftOut } from "./schema.ts";

/** Stations without sun rest for weeks; what gave no picture for longer is no camera in service. */
const OFF_AFTER_S = 30 * 86_400;
/** Whose own pictures these are; those of other hosts are only shown again. */
const OBSERVATORIES = /(?:^|\.)(?:usgs\.gov|alaska\.edu)$/u;
const MAX_TAG = 60;
const REASONS = ["offline", "hidden", "faa"] as const;

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
    const working = readRows(groups.get(null) ?? [], Webcam, ctx, { idOf: "webcamCode" });
    for (const webcam of working) await ctx.emit(toCamera(webcam));
    const [offline = 0, hidden = 0, faa = 0] = REASONS.map((why) => groups.get(why)?.length);
    ctx.log.info("cameras were left out", { offline, hidden, faa });
  },
});
export default source;

function toCamera(webcam: Webcam): CameraInput {
  const { webcamCode: id, vName: volcano } = webcam;
  const place = positionOf(webcam, { areas: AREAS });
  const external = imageUrl(webcam.externalUrl);
  return {
    id,
    name: webcam.webcamName ?? id,
    description: volcano === null ? null : `Volcano: ${volcano}`,
    ...place,
    ...regionOf(place),
    heading_deg: headingOf(webcam.bearingDeg),
    stream_url: webcam.currentImageUrl,
    stream_kind: "jpeg",
    page_url: external,
    tags: ["volcano", ...(volcano === null || volcano.length > MAX_TAG ? [] : [volcano.toLowerCase()])],
    ...creditOf(external),
  };
}

/** A picture of somebody else's that is only shown again keeps its owner's rights. */
function creditOf(external: string | null): Pick<CameraInput, "attribution" | "licence"> {
  const host = external === null ? null : new URL(external).hostname;
  if (host === null || OBSERVATORIES.test(host)) return {};
  return { attribution: `${host}, shown by the U.S. Geological Survey`, licence: "unknown" };
}
