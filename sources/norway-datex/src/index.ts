import { Buffer } from "node:buffer";

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

import { CameraRecord, recordsIn } from "./schema.ts";

const SITE_TABLE = "/datexapi/GetCCTVSiteTable/pullsnapshotdata";
/** West, south, east, north: mainland Norway. */
const AREAS: Bbox[] = [[4, 57.7, 31.6, 71.5]];
const DAY_S = 86_400;

const source: Source = defineSource({
  apiVersion: 1,
  id: "norway-datex",
  name: "Norway road cameras",
  description:
    "Cameras on Norway's roads and mountain passes from Statens vegvesen's DATEX service, as stills and some as live video; needs a free account.",
  enabled_by_default: false,
  required_env: ["VEGVESEN_DATEX_USER", "VEGVESEN_DATEX_PASSWORD"],
  hosts: ["datex-server-get-v3-1.atlas.vegvesen.no"],
  attribution:
    "Contains data under the Norwegian licence for Open Government data (NLOD) distributed by Statens vegvesen (Norwegian Public Roads Administration)",
  licence: "NLOD",
  terms_url: "https://data.norge.no/nlod",
  areas: AREAS,
  interval_s: DAY_S,
  options: z.object({ base_url: baseUrl("https://datex-server-get-v3-1.atlas.vegvesen.no") }),

  async scrape(ctx) {
    const { VEGVESEN_DATEX_USER: user = "", VEGVESEN_DATEX_PASSWORD: password = "" } = ctx.env;
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    // The server refuses an Accept that names XML.
    const headers = { authorization, accept: "*/*" };
    const publication = await ctx.http.xml(ctx.options.base_url + SITE_TABLE, z.unknown(), { headers });
    let pictureless = 0;
    for (const record of readRows(recordsIn(publication), CameraRecord, ctx, { idOf: "@id" })) {
      if (record.still === null && record.video === null) pictureless += 1;
      else await ctx.emit(toCamera(record));
    }
    ctx.log.info("cameras without a picture were left out", { pictureless });
  },
});
export default source;

function toCamera({ id, site, towards, road, place, still, video }: CameraRecord): CameraInput {
  const name = site ?? `Camera ${id}`;
  return {
    id,
    name: towards === null ? name : `${name} towards ${towards}`,
    description: road === null ? null : `Road ${road}`,
    ...positionOf(place, { areas: AREAS }),
    country: "NO",
    heading_deg: headingOf(towards),
    ...(video === null
      ? { stream_url: still, stream_kind: "jpeg" }
      : { stream_url: video, stream_kind: "hls", snapshot_url: still }),
    tags: road === null ? ["traffic"] : ["traffic", road.toLowerCase()],
  };
}
