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

import { CameraList, Snapshot } from "./schema.ts";

const LIST = "/td/traffic-snapshot-images/code/Traffic_Camera_Locations_En.xml";
const AREAS: Bbox[] = [[113.8, 22.1, 114.5, 22.6]];
/** The Transport Department replaces each picture every two minutes. */
const REFRESH_S = 120;
const DAY_S = 86_400;
/** `Aberdeen Praya Road near Fish Market [H429F]` */
const TRAILING_KEY = /\s*\[[^[\]]*\]$/u;
const LAMPPOST = /^\(Smart Lamppost\)\s*/iu;
const SPACE = /\s+/gu;
const BOUND = /\b(?:north|south|east|west)bound\b/giu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "hongkong-td",
  name: "Hong Kong traffic snapshots",
  description:
    "About 1,000 traffic cameras on the roads, bridges and tunnels of Hong Kong, as stills that are replaced every two minutes.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["static.data.gov.hk"],
  attribution: "Transport Department, HKSAR Government / DATA.GOV.HK",
  licence: "DATA.GOV.HK Terms and Conditions of Use",
  terms_url: "https://data.gov.hk/en/terms-and-conditions",
  areas: AREAS,
  interval_s: DAY_S,
  options: z.object({ base_url: baseUrl("https://static.data.gov.hk") }),

  async scrape(ctx) {
    const list = await ctx.http.xml(ctx.options.base_url + LIST, CameraList, { arrays: ["image"] });
    for (const snapshot of readRows(list["image-list"].image, Snapshot, ctx, { idOf: "key" }))
      await ctx.emit(toCamera(snapshot));
  },
});
export default source;

function toCamera({ key, region, district, description, latitude, longitude, url }: Snapshot): CameraInput {
  // A few begin with their region and a tab, some hold double spaces.
  const described = description.startsWith(`${region}\t`) ? description.slice(region.length) : description;
  const text = described.replaceAll(SPACE, " ").trim();
  const name = text.replace(TRAILING_KEY, "").replace(LAMPPOST, "");
  return {
    id: key,
    name: name === "" ? key : name,
    ...positionOf({ latitude, longitude }, { areas: AREAS }),
    country: "HK",
    region,
    city: district ?? null,
    heading_deg: headingIn(name),
    stream_url: url,
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: LAMPPOST.test(text) ? ["traffic", "smart lamppost"] : ["traffic"],
  };
}

/** The way the traffic goes that it shows, where its name says one: `West Kowloon Highway Southbound near …`. */
function headingIn(name: string): number | null {
  const [bound, ...others] = name.match(BOUND) ?? [];
  return others.length === 0 ? headingOf(bound) : null;
}
