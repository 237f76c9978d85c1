import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  headingOf,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { Camera } from "./schema.ts";

const LIST = "/services/cctv/thb";
/** West, south, east, north: Taiwan with Kinmen, Matsu and Penghu. */
const AREAS: Bbox[] = [[117.9, 21.5, 122.4, 26.6]];
const DAY_S = 86_400;
/** The Highway Bureau's own servers, which give a still beside the stream. */
const OWN_HOST = /^cctv-ss\d+\.thb\.gov\.tw$/u;
const FREEWAY_HOST = /\.freeway\.gov\.tw$/u;
const FREEWAY_CREDIT = "交通部高速公路局 (Freeway Bureau, MOTC, Taiwan), listed by the Highway Bureau";
/** `台1線123k+850`, `台9甲線…`, `快速公路62號(…)`. */
const ROAD = /^(?:台\d+\p{Script=Han}?線|快速公路\d+號)/u;
/** `快速公路62號(暖暖交流道到大華系統交流道)(W)`, `…/T9-109K+286(N)`. */
const TRAILING_BOUND = /\((?<bound>[NESW])\)\/?$/iu;
/** `CCTV-T74-W-27.699-M`. */
const BOUND_IN_ID = /^CCTV-[^-]+-(?<bound>[NESW])-/u;

const source: Source = defineSource({
  apiVersion: 1,
  id: "taiwan-thb",
  name: "Taiwan highway cameras",
  description: "About 2,250 live cameras on Taiwan's provincial highways and expressways, most with a still beside.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["thbapp.thb.gov.tw"],
  attribution:
    "交通部公路局 (Highway Bureau, MOTC, Taiwan), 2026, provincial highway CCTV, Open Government Data License, version 1.0",
  licence: "OGDL-Taiwan-1.0",
  terms_url: "https://data.gov.tw/license",
  areas: AREAS,
  interval_s: DAY_S,
  options: z.object({ base_url: baseUrl("https://thbapp.thb.gov.tw") }),

  async scrape(ctx) {
    const list = await ctx.http.json(ctx.options.base_url + LIST, z.array(z.unknown()));
    for (const camera of readRows(list, Camera, ctx, { idOf: "id" })) await ctx.emit(toCamera(camera));
  },
});
export default source;

function toCamera({ id, stakenumber, gisx, gisy, html }: Camera): CameraInput {
  const { hostname, pathname } = new URL(html);
  const road = ROAD.exec(stakenumber)?.[0].toLowerCase();
  return {
    id,
    name: stakenumber === "" ? id : stakenumber,
    ...positionOf({ lat: gisy, lon: gisx }, { areas: AREAS }),
    country: "TW",
    heading_deg: headingOf(boundIn(stakenumber, pathname, id)),
    stream_url: html,
    stream_kind: "mjpeg",
    snapshot_url: OWN_HOST.test(hostname) ? `${html.replace(/\/$/u, "")}/snapshot` : null,
    tags: road === undefined ? ["traffic"] : ["traffic", road],
    ...(FREEWAY_HOST.test(hostname) ? { attribution: FREEWAY_CREDIT, licence: "unknown" } : {}),
  };
}

/** The way the traffic goes that it shows, where name, address or id say it. */
function boundIn(name: string, path: string, id: string): string | undefined {
  const match = TRAILING_BOUND.exec(name) ?? TRAILING_BOUND.exec(path) ?? BOUND_IN_ID.exec(id);
  return match?.groups?.["bound"];
}
