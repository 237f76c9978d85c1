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

import { JamCam } from "./schema.ts";

/** Greater London, and where its roads lead. */
const AREAS: Bbox[] = [[-0.6, 51.2, 0.4, 51.8]];
const QUARTER_DAY_S = 21_600;
/** TfL promises no interval; people who poll it see a new picture about every 5 minutes. */
const REFRESH_S = 300;
// "West (A2 twds New Cross)", "EAST-A41 Edgware Way", "South facing": what stands before is the direction.
const AFTER_DIRECTION = /\s*(?:[(-].*|\s(?:facing|zoom))$/iu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "tfl-jamcam",
  name: "Transport for London JamCams",
  description: "About 890 traffic cameras on London's main roads, as stills that are replaced every few minutes.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["api.tfl.gov.uk"],
  attribution: "Powered by TfL Open Data. Contains OS data © Crown copyright and database rights",
  licence: "OGL-UK-2.0 with TfL's amendments",
  terms_url: "https://tfl.gov.uk/corporate/terms-and-conditions/transport-data-service",
  areas: AREAS,
  interval_s: QUARTER_DAY_S,
  options: z.object({ base_url: baseUrl("https://api.tfl.gov.uk") }),

  async scrape(ctx) {
    const list = await ctx.http.json(`${ctx.options.base_url}/Place/Type/JamCam`, z.array(z.unknown()));
    const places = readRows(list, JamCam, ctx, { idOf: "id" });
    let unavailable = 0;
    for (const place of places) {
      if (textBoolean(place.additionalProperties.get("available")) === true) await ctx.emit(toCamera(place));
      else unavailable += 1;
    }
    ctx.log.info("cameras out of service were left out", { unavailable });
  },
});
export default source;

function toCamera({ id, commonName, lat, lon, additionalProperties }: JamCam): CameraInput {
  // The origin escapes slashes twice: `A406\/7293B`.
  const view = (additionalProperties.get("view") ?? "").replaceAll("\\", "").trim();
  return {
    id,
    name: view === "" || view === commonName ? commonName : `${commonName}: ${view}`,
    ...positionOf({ lat, lon }, { areas: AREAS }),
    country: "GB",
    region: "England",
    city: "London",
    heading_deg: headingOf(view.replace(AFTER_DIRECTION, "")),
    stream_url: imageUrl(additionalProperties.get("imageUrl")),
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: ["traffic"],
  };
}
