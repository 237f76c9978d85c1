import {
  type Bbox,
  baseUrl,
  type CameraInput,
  defineSource,
  geojsonFeatures,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { CameraFeature } from "./schema.ts";

/** The city of Toronto. */
const AREAS: Bbox[] = [[-79.75, 43.5, -79, 43.95]];
/** The data set "Traffic Cameras" and its GeoJSON file in degrees. */
const LIST =
  "/dataset/a3309088-5fd4-4d34-8297-77c8301840ac/resource/4a568300-c7f8-496d-b150-dff6f5dc6d4f/download/traffic-camera-list-4326.geojson";

const source: Source = defineSource({
  apiVersion: 1,
  id: "toronto-rescu",
  name: "Toronto traffic cameras (RESCU)",
  description: "About 340 cameras of the City of Toronto at its crossings and on its expressways, as stills.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["ckan0.cf.opendata.inter.prod-toronto.ca"],
  attribution: "City of Toronto. Contains information licensed under the Open Government Licence – Toronto",
  licence: "Open Government Licence – Toronto",
  terms_url: "https://open.toronto.ca/open-data-licence/",
  areas: AREAS,
  interval_s: 86_400,
  options: z.object({ base_url: baseUrl("https://ckan0.cf.opendata.inter.prod-toronto.ca") }),

  async scrape(ctx) {
    const collection = await ctx.http.json(`${ctx.options.base_url}${LIST}`, z.unknown());
    const features = geojsonFeatures(collection, { areas: AREAS });
    for (const feature of readRows(features, CameraFeature, ctx, { idOf: "properties.REC_ID" }))
      await ctx.emit(toCamera(feature));
  },
});
export default source;

/** No heading: the cameras turn. `DIRECTION1` … `DIRECTION4` belong to old stills for comparison, which are not listed. */
function toCamera({ properties, lat, lon }: CameraFeature): CameraInput {
  const roads = [properties.MAINROAD, properties.CROSSROAD].filter((road) => road !== null);
  return {
    id: properties.REC_ID,
    name: roads.length === 0 ? `Camera ${properties.REC_ID}` : roads.join(" & "),
    lat,
    lon,
    country: "CA",
    region: "Ontario",
    city: "Toronto",
    stream_url: properties.IMAGEURL,
    stream_kind: "jpeg",
    tags: ["traffic"],
  };
}
