import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  geojsonFeatures,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { Station } from "./schema.ts";

/** West, south, east, north: Finland. */
const AREAS: Bbox[] = [[19, 59.3, 31.8, 70.3]];
const PICTURES = "https://weathercam.digitraffic.fi";
/** The origin's own word for how often pictures come. */
const REFRESH_S = 600;
/** A station that works; others are REMOVED_TEMPORARILY or REMOVED_PERMANENTLY. */
const WORKING = "GATHERING";
// "vt2_Karkkila_Korpi": class and number of the road, municipality, place.
const STATION_NAME = /^(?<road>[a-z]{2}(?<number>\d+))_(?<municipality>[^_]+)(?:_(?<place>.+))?$/iu;
/** A view's id is its station's and two digits. */
const VIEW_DIGITS = 2;

const source: Source = defineSource({
  apiVersion: 1,
  id: "digitraffic",
  name: "Digitraffic road weather cameras",
  description:
    "About 2,300 views of some 800 weather cameras on Finland's roads, as stills that come about every 10 minutes.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["tie.digitraffic.fi"],
  attribution: "Source: Fintraffic / digitraffic.fi, license CC 4.0 BY",
  licence: "CC-BY-4.0",
  terms_url: "https://www.digitraffic.fi/en/terms-of-service/",
  areas: AREAS,
  interval_s: 21_600,
  options: z.object({ base_url: baseUrl("https://tie.digitraffic.fi") }),

  async scrape(ctx) {
    // The origin asks programs for their name, and gives those that tell it more requests.
    const headers = { "digitraffic-user": "argus/source-digitraffic" };
    const list = await ctx.http.json(`${ctx.options.base_url}/api/weathercam/v1/stations`, z.unknown(), { headers });
    let notCollected = 0;
    for (const station of readRows(geojsonFeatures(list, { areas: AREAS }), Station, ctx, { idOf: "id" })) {
      for (const { id, inCollection } of station.properties.presets) {
        if (inCollection && station.properties.collectionStatus === WORKING) await ctx.emit(toCamera(station, id));
        else notCollected += 1;
      }
    }
    ctx.log.info("views that are not collected were left out", { notCollected });
  },
});
export default source;

function toCamera({ properties: { name }, lat, lon }: Station, presetId: string): CameraInput {
  const { road, number, municipality, place } = STATION_NAME.exec(name)?.groups ?? {};
  const station = number === undefined ? name : [`Road ${number} ${municipality}`, place].filter(Boolean).join(", ");
  return {
    id: presetId,
    name: `${station.replaceAll("_", " ")}, view ${presetId.slice(-VIEW_DIGITS)}`,
    lat,
    lon,
    country: "FI",
    city: municipality ?? null,
    stream_url: `${PICTURES}/${encodeURIComponent(presetId)}.jpg`,
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: ["traffic", "weather", ...(road === undefined ? [] : [road.toLowerCase()])],
  };
}
