import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  eachPart,
  headingOf,
  imageUrl,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { readableName } from "./readable-name.ts";
import { type Cctv, List, Row } from "./schema.ts";

/** West, south, east, north: California. */
const AREAS: Bbox[] = [[-124.6, 32.4, -114, 42.1]];
const DISTRICTS = Array.from({ length: 12 }, (_, index) => index + 1);
const LOOKING = /\blooking (?<way>(?:north|south)?(?:east|west)?)\b/iu;
const CARRIAGEWAY = /^(?:north|south|east|west)$/u;

const source: Source = defineSource({
  apiVersion: 1,
  id: "caltrans",
  name: "Caltrans CCTV",
  description:
    "About 2,900 highway cameras all over California: live video where Caltrans streams it, else stills that are replaced every few minutes.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["cwwp2.dot.ca.gov"],
  attribution: "Caltrans (California Department of Transportation)",
  licence: "Caltrans conditions of use",
  terms_url: "https://dot.ca.gov/conditions-of-use",
  areas: AREAS,
  bulk: false,
  interval_s: 21_600,
  options: z.object({ base_url: baseUrl("https://cwwp2.dot.ca.gov") }),

  async scrape(ctx) {
    let outOfService = 0;
    await eachPart(ctx, DISTRICTS, {
      name: (district) => `district ${district}`,
      read: async (district) => {
        const file = `cctvStatusD${String(district).padStart(2, "0")}.json`;
        const { data } = await ctx.http.json(`${ctx.options.base_url}/data/d${district}/cctv/${file}`, List);
        for (const { cctv } of readRows(data, Row, ctx)) {
          if (cctv.inService === true) await ctx.emit(toCamera(district, cctv));
          else outOfService += 1;
        }
      },
    });
    ctx.log.info("cameras out of service were left out", { outOfService });
  },
});
export default source;

function toCamera(district: number, { folder, location, imageData }: Cctv): CameraInput {
  const still = imageUrl(imageData.static.currentImageURL);
  const video = imageUrl(imageData.streamingVideoURL);
  const direction = location.direction.toLowerCase();
  const tags = [location.route.toLowerCase(), CARRIAGEWAY.test(direction) ? `${direction}bound` : ""];
  return {
    id: `d${district}:${folder}`,
    name: readableName(location.locationName),
    ...positionOf(location, { areas: AREAS }),
    country: "US",
    region: "California",
    city: location.nearbyPlace.trim() || null,
    heading_deg: headingOf(LOOKING.exec(location.locationName)?.groups?.["way"]),
    ...(video === null
      ? { stream_url: still, stream_kind: "jpeg", refresh_s: imageData.static.currentImageUpdateFrequency }
      : { stream_url: video, stream_kind: "hls", snapshot_url: still }),
    tags: ["traffic", ...tags.filter((tag) => tag !== "")],
  };
}
