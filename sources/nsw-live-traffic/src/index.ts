import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  geojsonFeatures,
  headingOf,
  readRows,
  secretText,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { Feed, NswCamera } from "./schema.ts";

const AREAS: Bbox[] = [[140.9, -37.6, 153.8, -28]];
const API = "https://api.transport.nsw.gov.au/v1/live/cameras";

const source: Source = defineSource({
  apiVersion: 1,
  id: "nsw-live-traffic",
  name: "Live Traffic NSW",
  description: "About 240 traffic cameras in Sydney and on the main roads of New South Wales (Australia), as stills.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["data.livetraffic.com", "www.livetraffic.com", "api.transport.nsw.gov.au"],
  attribution: "Transport for NSW",
  licence: "CC-BY-4.0",
  terms_url: "https://opendata.transport.nsw.gov.au/dataset/live-traffic-cameras",
  areas: AREAS,
  interval_s: 86_400,
  options: z.object({
    base_url: baseUrl("https://data.livetraffic.com/cameras/traffic-cam.json").describe("The list, or its twin"),
    api_key: secretText("API token of Transport for NSW's open data: with one, the list is read from its API instead"),
  }),

  async scrape(ctx) {
    const { base_url: list, api_key: key } = ctx.options;
    const feed =
      key === ""
        ? await ctx.http.json(list, Feed)
        : await ctx.http.json(API, Feed, { headers: { authorization: `apikey ${key}` } });
    const rows = geojsonFeatures(feed, { areas: AREAS });
    for (const row of readRows(rows, NswCamera, ctx, { idOf: "id" })) await ctx.emit(toCamera(row));
  },
});
export default source;

function toCamera({ id, properties, lat, lon }: NswCamera): CameraInput {
  const { title, view, region, direction, href } = properties;
  return {
    id,
    name: title,
    description: view,
    lat,
    lon,
    country: "AU",
    region: "New South Wales",
    heading_deg: headingOf(direction),
    stream_url: href,
    stream_kind: "jpeg",
    tags: ["traffic", ...(region === null ? [] : [region.toLowerCase()])],
  };
}
