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
  textBoolean,
} from "@argus/source-sdk";
import { z } from "zod";

import { CameraList, NztaCamera } from "./schema.ts";

const AREAS: Bbox[] = [[166, -47.6, 179, -34]];

const source: Source = defineSource({
  apiVersion: 1,
  id: "nzta",
  name: "NZTA state highway cameras",
  description:
    "About 300 traffic cameras on New Zealand's state highways, as stills that are replaced every few minutes.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["trafficnz.info"],
  attribution: "NZ Transport Agency Waka Kotahi",
  licence: "unknown",
  terms_url: "https://www.journeys.nzta.govt.nz/about-this-site",
  areas: AREAS,
  interval_s: 86_400,
  options: z.object({ base_url: baseUrl("https://trafficnz.info") }),

  async scrape(ctx) {
    const { base_url: origin } = ctx.options;
    const list = await ctx.http.xml(`${origin}/service/traffic/rest/4/cameras/all`, CameraList, {
      headers: { accept: "application/xml" },
      arrays: ["response.camera"],
    });
    const seen = new Set<string>();
    const leftOut = { repeated: 0, unavailable: 0 };
    for (const camera of readRows(list.response.camera, NztaCamera, ctx, { idOf: "id" })) {
      if (seen.has(camera.id)) leftOut.repeated += 1;
      else if (isOutOfService(camera)) leftOut.unavailable += 1;
      else await ctx.emit(toCamera(camera, origin));
      seen.add(camera.id);
    }
    ctx.log.info("cameras that repeat or are out of service were left out", leftOut);
  },
});
export default source;

function isOutOfService({ offline, underMaintenance }: NztaCamera): boolean {
  return textBoolean(offline) === true || textBoolean(underMaintenance) === true;
}

function toCamera(camera: NztaCamera, origin: string): CameraInput {
  return {
    id: camera.id,
    name: camera.name,
    description: camera.description,
    ...positionOf(camera, { areas: AREAS }),
    country: "NZ",
    region: camera.region?.name ?? null,
    heading_deg: headingOf(camera.direction),
    stream_url: imageUrl(camera.imageUrl, origin),
    stream_kind: "jpeg",
    page_url: imageUrl(camera.viewUrl, origin),
    tags: ["traffic", ...(camera.highway === null ? [] : [camera.highway.toLowerCase()])],
  };
}
