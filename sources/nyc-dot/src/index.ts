import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  headingOf,
  imageUrl,
  plainText,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { Row } from "./schema.ts";

/** West, south, east, north: the five boroughs. */
const AREAS: Bbox[] = [[-74.3, 40.45, -73.65, 40.95]];
/** Pictures are replaced about every second; the origin's own page asks every two. */
const REFRESH_S = 2;
// "C5-LIE-02-EB_at_27th_St-Ex15": the county's number comes first.
const COUNTY_NUMBER = /^c\d-/iu;
// "… - quad - ptz -141.58": of the camera, not of the place.
const CAMERA_NOTES = /(?:\s*-\s*(?:quad|ptz|\d+\.\d+)|\s*\(ptz\))+\s*$/iu;
// "Queens Blvd @ 39 St - East", "… @ 46 St- Quad South". A street's own direction (`W 31 St`, `Central Park West`) stands elsewhere.
const LOOKING = /-\s*(?:quad\s+)?(?<way>north|south|east|west)$/iu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "nyc-dot",
  name: "NYC DOT traffic cameras",
  description:
    "About 960 traffic cameras in the five boroughs of New York City, as stills that change every second or two.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["webcams.nyctmc.org"],
  attribution: "New York City Department of Transportation",
  licence: "unknown",
  terms_url: null,
  areas: AREAS,
  interval_s: 21_600,
  options: z.object({ base_url: baseUrl("https://webcams.nyctmc.org") }),

  async scrape(ctx) {
    const list = await ctx.http.json(`${ctx.options.base_url}/api/cameras`, z.array(z.unknown()));
    let offline = 0;
    for (const row of readRows(list, Row, ctx, { idOf: "id" })) {
      if (row.isOnline === true) await ctx.emit(toCamera(row));
      else offline += 1;
    }
    ctx.log.info("cameras that are offline were left out", { offline });
  },
});
export default source;

function toCamera(row: Row): CameraInput {
  const bare = row.name.replace(CAMERA_NOTES, "").replace(COUNTY_NUMBER, "").replaceAll("_", " ");
  const name = plainText(bare) ?? row.name;
  return {
    id: row.id,
    name,
    ...positionOf(row, { areas: AREAS }),
    country: "US",
    region: "New York",
    city: row.area.trim() || null,
    heading_deg: headingOf(LOOKING.exec(name)?.groups?.["way"]),
    stream_url: imageUrl(row.imageUrl),
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: ["traffic"],
  };
}
