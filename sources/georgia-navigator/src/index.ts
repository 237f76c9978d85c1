import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  geojsonFeatures,
  headingOf,
  readFeatureServer,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { NavigatorCamera } from "./schema.ts";

const AREAS: Bbox[] = [[-85.8, 30.2, -80.6, 35.2]];
const WEEK_S = 7 * 86_400;
const LAYER = /\/(?:Feature|Map)Server\/\d+$/iu;
const COLUMNS = Object.keys(NavigatorCamera.shape.properties.shape);

const source: Source = defineSource({
  apiVersion: 1,
  id: "georgia-navigator",
  name: "Georgia NaviGAtor",
  description:
    "About 3,000 traffic cameras of Georgia (USA) as stills, a third with live video, from a list of 2020 that the state's emergency agency keeps online.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["services1.arcgis.com"],
  attribution: "Georgia Department of Transportation (NaviGAtor); list kept by GEMA/HS",
  licence: "unknown",
  terms_url: "https://www.dot.ga.gov/GDOT/Pages/EndUserAgreement.aspx",
  areas: AREAS,
  interval_s: WEEK_S,
  options: z.object({
    base_url: baseUrl(
      "https://services1.arcgis.com/2iUE8l8JKrP2tygQ/arcgis/rest/services/GDOT_Live_Traffic_Cameras/FeatureServer/0",
    ).describe("The list: a layer of an ArcGIS server, or the GeoJSON file that NaviGAtor itself once gave"),
    video: z.boolean().default(true).describe("Whether cameras with live video show it, rather than their stills"),
  }),

  async scrape(ctx) {
    const { base_url: url, video } = ctx.options;
    const features = LAYER.test(url)
      ? await readFeatureServer(ctx, url, { outFields: COLUMNS, areas: AREAS })
      : geojsonFeatures(await ctx.http.json(url, z.unknown()), { areas: AREAS });
    let blind = 0;
    for (const row of readRows(features, NavigatorCamera, ctx, { idOf: "properties.cctv_id" })) {
      const camera = toCamera(row, video);
      if (camera.stream_url === null) blind += 1;
      else await ctx.emit(camera);
    }
    ctx.log.info("cameras without a picture were left out", { blind });
  },
});
export default source;

function toCamera({ properties, lat, lon }: NavigatorCamera, video: boolean): CameraInput {
  const { cctv_id, location_description, dir, route, county, url, HLS } = properties;
  const moving = video || url === null ? HLS : null;
  return {
    id: cctv_id,
    name: location_description,
    lat,
    lon,
    country: "US",
    region: "Georgia",
    heading_deg: headingOf(dir),
    stream_url: moving ?? url,
    stream_kind: moving === null ? "jpeg" : "hls",
    snapshot_url: moving === null ? null : url,
    tags: ["traffic", route, county === null ? null : `${county} county`].flatMap((tag) => tag?.toLowerCase() ?? []),
  };
}
