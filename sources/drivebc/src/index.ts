import {
  type Bbox,
  baseUrl,
  type CameraInput,
  defineSource,
  headingOf,
  imageUrl,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { Webcam } from "./schema.ts";

/** British Columbia, and its neighbours' side of border crossings. */
const AREAS: Bbox[] = [[-139.6, 47.5, -113.5, 60.6]];
const ATTRIBUTION = "DriveBC.ca. Contains information licensed under the Open Government Licence – British Columbia";
const QUARTER_DAY_S = 21_600;

const source: Source = defineSource({
  apiVersion: 1,
  id: "drivebc",
  name: "DriveBC HighwayCams",
  description:
    "About 1,060 cameras on British Columbia's highways, as stills that are replaced every 10 to 20 minutes.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["www.drivebc.ca"],
  attribution: ATTRIBUTION,
  licence: "Open Government Licence - British Columbia",
  terms_url: "https://www2.gov.bc.ca/gov/content/data/open-data/open-government-licence-bc",
  areas: AREAS,
  interval_s: QUARTER_DAY_S,
  options: z.object({ base_url: baseUrl("https://www.drivebc.ca") }),

  async scrape(ctx) {
    const { base_url: site } = ctx.options;
    // Without the last slash the origin redirects.
    const list = await ctx.http.json(`${site}/api/webcams/`, z.array(z.unknown()));
    const left = { off: 0, hidden: 0, stale: 0 };
    for (const webcam of readRows(list, Webcam, ctx, { idOf: "id" })) {
      if (!webcam.is_on) left.off += 1;
      else if (!webcam.should_appear) left.hidden += 1;
      else if (webcam.marked_stale) left.stale += 1;
      else await ctx.emit(toCamera(webcam, site));
    }
    ctx.log.info("cameras out of service were left out", left);
  },
});
export default source;

function toCamera(webcam: Webcam, site: string): CameraInput {
  return {
    id: String(webcam.id),
    name: webcam.name_override ?? webcam.name,
    description: webcam.caption_override ?? webcam.caption,
    ...positionOf(webcam.location, { areas: AREAS }),
    country: "CA",
    region: "British Columbia",
    heading_deg: headingOf(webcam.orientation),
    stream_url: imageUrl(webcam.links.imageDisplay, site),
    stream_kind: "jpeg",
    page_url: `${site}/cameras/${webcam.id}`,
    refresh_s: webcam.update_period_mean,
    tags: ["traffic", ...(webcam.region_name === null ? [] : [webcam.region_name.toLowerCase()])],
    // What is credited to others need not be under the province's licence.
    ...(webcam.credit === null ? {} : { attribution: `${ATTRIBUTION}. ${webcam.credit}`, licence: "unknown" }),
  };
}
