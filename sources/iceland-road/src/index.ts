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

import { View } from "./schema.ts";

const LIST = "/api/vefmyndavelar2014_1";
/** West, south, east, north: Iceland. */
const AREAS: Bbox[] = [[-25.5, 62.8, -12.5, 67.5]];
const DAY_S = 86_400;
/** No interval is promised; new pictures come several times an hour. */
const REFRESH_S = 600;
/** `Hellisheiði séð til vesturs`, `… í norðvestur`: what may follow is a direction or a place. */
const TOWARDS = /(?<=\s)(?:til|í)\s+(?<way>\p{L}+)/gu;
const FILE_NAME = /(?<name>[^/]+?)(?:\.\w+)?$/u;

const source: Source = defineSource({
  apiVersion: 1,
  id: "iceland-road",
  name: "Iceland road cameras",
  description:
    "About 500 views of some 165 cameras on Iceland's ring road and mountain passes, as stills that are replaced several times an hour.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["gagnaveita.vegagerdin.is"],
  attribution: "Based on information provided by the Icelandic Road and Coastal Administration (IRCA)",
  licence: "IRCA Terms and Conditions",
  terms_url: "https://www.vegagerdin.is/vegagerdin/gagnasafn/vefthjonustur/terms-and-conditions",
  areas: AREAS,
  interval_s: DAY_S,
  options: z.object({ base_url: baseUrl("https://gagnaveita.vegagerdin.is") }),

  async scrape(ctx) {
    const list = await ctx.http.json(ctx.options.base_url + LIST, z.array(z.unknown()));
    let pictureless = 0;
    for (const view of readRows(list, View, ctx, { idOf: "Slod" })) {
      if (view.Slod === null) pictureless += 1;
      else await ctx.emit(toCamera(view, view.Slod));
    }
    ctx.log.info("views without a picture were left out", { pictureless });
  },
});
export default source;

function toCamera(view: View, picture: string): CameraInput {
  const { Myndavel: site, Skyring: shows, Vegheiti: road, NrVegur: number } = view;
  return {
    id: FILE_NAME.exec(new URL(picture).pathname)?.groups?.["name"] ?? "",
    name: nameOf(site, shows),
    description: road !== null && number !== null ? `${road} (${number})` : (road ?? number),
    ...positionOf({ lat: view.Breidd, lon: view.Lengd }, { areas: AREAS }),
    country: "IS",
    heading_deg: headingIn(shows ?? ""),
    stream_url: picture,
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: ["traffic", "weather"],
  };
}

/** What a view shows names its site already, as a rule. */
function nameOf(site: string, shows: string | null): string {
  if (shows === null) return site;
  return shows.startsWith(site) ? shows : `${site}: ${shows}`;
}

function headingIn(shows: string): number | null {
  for (const { groups } of shows.matchAll(TOWARDS)) {
    const heading = headingOf(groups?.["way"]);
    if (heading !== null) return heading;
  }
  return null;
}
