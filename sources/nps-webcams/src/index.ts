import { ArgusError, baseUrl, defineSource, imageUrl, pagesOf, readRows, type Source } from "@argus/source-sdk";
import { z } from "zod";

import { Webcam, WebcamPage } from "./schema.ts";
import { AREAS, toCamera } from "./to-camera.ts";

const PAGE_SIZE = 500;
/** The address in a page stays the same for months; only a change of it must be noticed. */
const PICTURE_EXPIRES_S = 3600;
const PICTURE = "img#webcamRefreshImage, img.Multimedia__Webcam, img.Webcam__Image";
/** What a page shows in place of a camera that is out of service. */
const PLACEHOLDER = /\/inactive_webcam\b/iu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "nps-webcams",
  name: "National Park Service webcams",
  description:
    "Nearly 300 webcams in the national parks of the USA: most as stills, those with live video as a link to their page. Needs a key, which is free.",
  enabled_by_default: false,
  required_env: ["NPS_API_KEY"],
  hosts: ["developer.nps.gov", "www.nps.gov"],
  attribution: "National Park Service",
  licence: "US government work, public domain unless a page says otherwise",
  terms_url: "https://www.nps.gov/aboutus/disclaimer.htm",
  areas: AREAS,
  interval_s: 86_400,
  options: z.object({ base_url: baseUrl("https://developer.nps.gov") }),

  async scrape(ctx) {
    const headers = { "x-api-key": ctx.env["NPS_API_KEY"] ?? "" };
    const read = async (start: number) => {
      const search = { limit: PAGE_SIZE, start };
      const page = await ctx.http.json(`${ctx.options.base_url}/api/v1/webcams`, WebcamPage, { headers, search });
      return { rows: page.data, total: page.total };
    };
    let listed = 0;
    let inactive = 0;
    for await (const rows of pagesOf(ctx, { by: "offset", size: PAGE_SIZE, read })) {
      for (const webcam of readRows(rows, Webcam, ctx, { idOf: "id" })) {
        listed += 1;
        const camera = toCamera(webcam);
        if (webcam.status.toLowerCase() !== "active") inactive += 1;
        else if (camera === null) ctx.reject(webcam.id, "url: is no address of a page");
        else await ctx.emit(camera);
      }
    }
    if (listed === 0) throw new ArgusError("ARGUS_SOURCE_EMPTY", "the Park Service listed no webcam; try again later");
    ctx.log.info("webcams out of service were left out", { inactive });
  },

  async resolve({ id, stream_url }, ctx) {
    const page = stream_url ?? "";
    const src = (await ctx.http.html(page)).querySelector(PICTURE)?.getAttribute("src");
    const picture = src === undefined || PLACEHOLDER.test(src) ? null : imageUrl(src, page);
    if (picture !== null) return { stream_url: picture, expires_in_s: PICTURE_EXPIRES_S };
    throw new ArgusError("ARGUS_SOURCE_NO_PICTURE", `the page of webcam ${id} shows no picture at present: ${page}`, {
      retryable: true,
    });
  },
});
export default source;
