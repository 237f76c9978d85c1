import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  headingOf,
  imageUrl,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { CameraMap, ChartCamera, isInService } from "./schema.ts";

const LIST = "/CHARTExportClientService/getCameraMapDataJSON.do";
const AREAS: Bbox[] = [[-79.8, 37.7, -74.8, 39.9]];
/** Cameras fail and come back during a day. */
const INTERVAL_S = 21_600;
/** `(CAM 165)`, `(C027)`, `(C-308)` at a description's end. */
const TRAILING_CODE = /\s*\((?:CAM\s*|C-?)\d+\)$/iu;
/** Of the parts of the state that a camera is filed under. */
const MAX_PARTS = 3;
const BOUND = /\b[NSEW]B\b/gu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "maryland-chart",
  name: "Maryland CHART",
  description: "About 550 traffic cameras on Maryland's highways, bridges and toll roads, as live video.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["chartexp1.sha.maryland.gov"],
  attribution: "CHART, Maryland Department of Transportation State Highway Administration",
  licence: "unknown",
  terms_url: null,
  areas: AREAS,
  interval_s: INTERVAL_S,
  options: z.object({ base_url: baseUrl("https://chartexp1.sha.maryland.gov") }),

  async scrape(ctx) {
    const { data, totalCount = data.length } = await ctx.http.json(ctx.options.base_url + LIST, CameraMap);
    let outOfService = 0;
    for (const camera of readRows(data, ChartCamera, ctx, { idOf: "id" })) {
      if (isInService(camera)) await ctx.emit(toCamera(camera));
      else outOfService += 1;
    }
    if (totalCount > data.length) ctx.partial(`the origin has ${totalCount} cameras and listed ${data.length}`);
    ctx.log.info("cameras out of service were left out", { outOfService });
  },
});
export default source;

function toCamera(camera: ChartCamera): CameraInput {
  const name = camera.description ?? camera.name ?? camera.id;
  return {
    id: camera.id,
    name: name.replace(TRAILING_CODE, "") || name,
    ...positionOf([camera.lon, camera.lat], { areas: AREAS }),
    country: "US",
    region: "Maryland",
    heading_deg: headingIn(name),
    stream_url: `https://${camera.cctvIp}/rtplive/${camera.id}/playlist.m3u8`,
    stream_kind: "hls",
    page_url: imageUrl(camera.publicVideoURL),
    tags: tagsOf(camera),
  };
}

/** The way of the traffic that it shows: `MD 200 WB`. `I-70 East of I-270` is where it stands, and no heading. */
function headingIn(name: string): number | null {
  const [bound, ...others] = name.match(BOUND) ?? [];
  return others.length === 0 ? headingOf(bound) : null;
}

/** Parts of the state (`wash. dc`, `eastern shore`) and the road (`i-270`, `us 50`). */
function tagsOf({ cameraCategories, routePrefix: prefix, routeNumber }: ChartCamera): string[] {
  const parts = (cameraCategories ?? []).filter((part) => part !== null).slice(0, MAX_PARTS);
  const road = prefix?.toUpperCase() === "IS" ? `I-${routeNumber}` : `${prefix} ${routeNumber}`;
  return ["traffic", ...parts, ...(prefix === null || !routeNumber ? [] : [road])].map((tag) => tag.toLowerCase());
}
