import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  headingOf,
  positionOf,
  readRows,
  type Source,
  stableId,
} from "@argus/source-sdk";
import { z } from "zod";

import { CountryFile, FiledRow } from "./schema.ts";

/** Alaska, and the states between the oceans. */
const AREAS: Bbox[] = [
  [-170, 51, -129, 72],
  [-125, 24, -66, 50],
];
/** The data set was last changed in 2024. */
const WEEK_S = 7 * 86_400;
const STREAM_KINDS = { IMAGE_STREAM: "jpeg", M3U8: "hls" } as const;
// Rows hold the moment they were collected, `?1728089220000`; it is no part of the address.
const CACHE_BUSTER = /\?\d+$/u;
const NO_PLACE = "other";

const source: Source = defineSource({
  apiVersion: 1,
  id: "open-traffic-cam-map",
  name: "OpenTrafficCamMap",
  description:
    "About 7,000 traffic cameras of ten states of the USA, collected by a community; last updated in October 2024.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["raw.githubusercontent.com"],
  attribution: "OpenTrafficCamMap contributors; pictures by the states' departments of transportation",
  licence: "MIT",
  terms_url: "https://github.com/AidanWelch/OpenTrafficCamMap",
  areas: AREAS,
  interval_s: WEEK_S,
  options: z.object({ base_url: baseUrl("https://raw.githubusercontent.com/AidanWelch/OpenTrafficCamMap/master") }),

  async scrape(ctx) {
    const file = await ctx.http.json(`${ctx.options.base_url}/cameras/USA.json`, CountryFile);
    const filed = Object.entries(file).flatMap(([state, places]) =>
      Object.entries(places).flatMap(([place, rows]) => rows.map((row) => ({ state, place, row }))),
    );
    const byState = Map.groupBy(readRows(filed, FiledRow, ctx, { idOf: "row.description" }), ({ state }) => state);
    const seen = new Set<string>();
    let repeated = 0;
    for (const [index, [state, rows]] of [...byState].entries()) {
      ctx.progress({ done: index, total: byState.size, message: state });
      for (const row of rows) {
        const camera = toCamera(row);
        if (seen.has(camera.id)) repeated += 1;
        else await ctx.emit(camera);
        seen.add(camera.id);
      }
    }
    ctx.progress({ done: byState.size, total: byState.size });
    ctx.log.info("cameras filed twice were taken once", { repeated });
  },
});
export default source;

/** A border camera is filed under both states: place and state are no part of its id. */
function toCamera({ state, place, row }: FiledRow): CameraInput {
  const url = row.url.replace(CACHE_BUSTER, "");
  return {
    id: stableId(url, row.description),
    name: row.description,
    ...positionOf(row, { areas: AREAS }),
    country: "US",
    region: state,
    city: place.toLowerCase() === NO_PLACE ? null : place,
    heading_deg: headingOf(row.direction),
    stream_url: url,
    stream_kind: STREAM_KINDS[row.format],
    refresh_s: row.updateRate,
    tags: row.markedForReview === true ? ["traffic", "marked for review"] : ["traffic"],
  };
}
