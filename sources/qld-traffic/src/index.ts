import {
  type Bbox,
  baseUrl,
  type CameraInput,
  defineSource,
  eachPart,
  geojsonFeatures,
  headingOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { CameraFeature } from "./schema.ts";

/** Queensland, and what lies just over its borders. The feed is in GDA2020, within two metres of WGS 84. */
const AREAS: Bbox[] = [[137.5, -30.5, 154.5, -9]];
/** Two lists of one shape that number their cameras each on its own. */
const LISTS = [
  { path: "webcams", idPrefix: "", tags: ["traffic"] },
  { path: "floodcams", idPrefix: "flood-", tags: ["traffic", "flood"] },
] as const;
type List = (typeof LISTS)[number];

const SECONDS_PER_MINUTE = 60;
const EVERY_MINUTES = /\bevery (?<minutes>[1-9]\d{0,2}) minutes/iu;
/** Whom the manifest credits already. */
const OWN_DEPARTMENT = /^department of transport (?:and|&) main roads$/iu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "qld-traffic",
  name: "QLDTraffic cameras",
  description:
    "Traffic and flood cameras on Queensland's roads from the QLDTraffic API, as stills that are replaced regularly; needs a key.",
  enabled_by_default: false,
  required_env: ["QLDTRAFFIC_API_KEY"],
  hosts: ["api.qldtraffic.qld.gov.au"],
  attribution: "© State of Queensland (Department of Transport and Main Roads) and other providers, QLDTraffic",
  licence: "CC-BY-4.0",
  terms_url: "https://qldtraffic.qld.gov.au/more/Developers-and-Data/index.html",
  areas: AREAS,
  interval_s: 86_400,
  options: z.object({ base_url: baseUrl("https://api.qldtraffic.qld.gov.au") }),

  async scrape(ctx) {
    const search = { apikey: ctx.env["QLDTRAFFIC_API_KEY"] ?? "" };
    await eachPart(ctx, LISTS, {
      name: ({ path }) => path,
      async read(list) {
        const collection = await ctx.http.json(`${ctx.options.base_url}/v1/${list.path}`, z.unknown(), { search });
        const features = geojsonFeatures(collection, { areas: AREAS });
        for (const feature of readRows(features, CameraFeature, ctx, { idOf: "properties.id" }))
          await ctx.emit(toCamera(feature, list));
      },
    });
  },
});
export default source;

function toCamera({ properties, lat, lon }: CameraFeature, { idPrefix, tags }: List): CameraInput {
  const minutes = EVERY_MINUTES.exec(properties.extra_info ?? "")?.groups?.["minutes"];
  return {
    id: `${idPrefix}${properties.id}`,
    name: properties.description,
    description: properties.extra_info,
    lat,
    lon,
    country: "AU",
    region: "Queensland",
    city: properties.locality,
    heading_deg: headingOf(properties.direction),
    stream_url: properties.image_url,
    stream_kind: "jpeg",
    refresh_s: minutes === undefined ? null : Number(minutes) * SECONDS_PER_MINUTE,
    tags: [...tags],
    ...creditsOf(properties.image_sourced_from),
  };
}

/** Nothing says that the feed's licence covers pictures of others. */
function creditsOf(owner: string | null): Pick<CameraInput, "attribution" | "licence"> {
  if (owner === null || OWN_DEPARTMENT.test(owner)) return {};
  return { attribution: `${owner}, published by QLDTraffic`, licence: "unknown" };
}
