import {
  ArgusError,
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  imageUrl,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { addressOf, answersBack, newestRows } from "./answers.ts";
import { cameraName } from "./camera-names.ts";
import { idOf, LtaCamera } from "./schema.ts";

/** West, south, east, north: Singapore. */
const AREAS: Bbox[] = [[103.55, 1.13, 104.12, 1.5]];
/** New pictures come every one to five minutes; the list is renewed every minute. */
const REFRESH_S = 60;
/** Of the about 90 cameras there are: enough to ask for no earlier answer. */
const NEARLY_ALL = 80;
/** With fewer, the answers must have been short ones. */
const SUSPICIOUSLY_FEW = 45;

const source: Source = defineSource({
  apiVersion: 1,
  id: "singapore-lta",
  name: "Singapore LTA traffic images",
  description:
    "About 90 cameras on Singapore's expressways and at the checkpoints to Malaysia, as stills of the last minutes.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["api.data.gov.sg"],
  attribution:
    "Contains information from Traffic Images of the Land Transport Authority (LTA), accessed from data.gov.sg and made available under the terms of the Singapore Open Data Licence version 1.0",
  licence: "Singapore Open Data Licence 1.0",
  terms_url: "https://data.gov.sg/open-data-licence",
  areas: AREAS,
  interval_s: 21_600,
  options: z.object({ base_url: baseUrl("https://api.data.gov.sg") }),

  async scrape(ctx) {
    const cameras = readRows(await newestRows(ctx, NEARLY_ALL), LtaCamera, ctx, { idOf });
    for (const camera of cameras) await ctx.emit(toCamera(camera, ctx.options.base_url));
    if (cameras.length < SUSPICIOUSLY_FEW)
      ctx.partial(`the answers of half an hour held ${cameras.length} cameras, of about 90 that there are`);
  },

  async resolve({ id }, ctx) {
    for await (const answer of answersBack(ctx)) {
      const row = LtaCamera.safeParse(answer.find((one) => idOf(one) === id));
      const picture = imageUrl(row.data?.image);
      if (picture !== null) return { stream_url: picture, expires_in_s: REFRESH_S };
    }
    throw new ArgusError(
      "ARGUS_SOURCE_NO_PICTURE",
      `camera ${id} has had no picture for half an hour; it may be out of service, try again later`,
      { retryable: true },
    );
  },
});
export default source;

function toCamera({ camera_id: id, location }: LtaCamera, origin: string): CameraInput {
  const { name, road } = cameraName(id);
  return {
    id,
    name,
    ...positionOf(location, { areas: AREAS }),
    country: "SG",
    city: "Singapore",
    stream_url: addressOf(origin, id),
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: ["traffic", ...(road === null ? [] : [road.toLowerCase()])],
  };
}
