import {
  ArgusError,
  baseUrl,
  defineSource,
  imageUrl,
  keptFor,
  readRows,
  type ResolveContext,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { Camera, isClosed, isOff, Site } from "./schema.ts";
import { AREAS, REFRESH_S, toCamera } from "./to-camera.ts";

const KEY = "FAA_WEATHERCAMS_KEY";
const PATH = "/api/redistributable/sites";

/** Seconds. The origin makes a new list about every ten minutes. */
const LIST_KEPT_S = 60;

const Answer = z.object({ success: z.literal(true), payload: z.array(z.unknown()) });

const source: Source = defineSource({
  apiVersion: 1,
  id: "faa-weathercams",
  name: "FAA weather cameras",
  description:
    "About 2,800 aviation weather cameras at 750 sites of the US, a third of them in Alaska, as stills of the last ten minutes. Needs a key that the FAA gives after a signed agreement.",
  enabled_by_default: false,
  required_env: [KEY],
  hosts: ["weathercams.faa.gov"],
  attribution: "FAA Weather Camera Program",
  licence: "FAA Weather Camera Program terms (signed agreement)",
  terms_url: "https://weathercams.faa.gov/api/docs/",
  areas: AREAS,
  interval_s: 21_600,
  options: z.object({
    base_url: baseUrl("https://weathercams.faa.gov"),
    third_party: z.boolean().default(true).describe("Whether sites that others run are listed too, credited to them"),
  }),

  async scrape(ctx) {
    const idOfSite = (row: unknown) => z.object({ siteId: z.union([z.string(), z.number()]) }).parse(row).siteId;
    const sites = readRows(await sitesOf(ctx), Site, ctx, { idOf: (row) => `site ${idOfSite(row)}` });
    const wanted = sites.filter(({ thirdParty }) => ctx.options.third_party || thirdParty !== true);
    const views = wanted.flatMap((site) => (site.cameras ?? []).map((camera) => ({ site, camera })));
    const working = views.filter(({ site, camera }) => !isClosed(site) && !isOff(camera));
    const View = z.object({ site: z.custom<Site>(), camera: Camera });
    for (const { site, camera } of readRows(working, View, ctx, { idOf: "camera.cameraId" }))
      await ctx.emit(toCamera(site, camera, ctx.options.base_url + PATH));
    ctx.log.info("cameras out of service were left out", { unavailable: views.length - working.length });
  },

  async resolve({ id }, ctx) {
    for (const row of await sitesOf(ctx)) {
      const cameras = z.object({ cameras: z.array(z.unknown()) }).safeParse(row).data?.cameras ?? [];
      const found = cameras.map((camera) => Camera.safeParse(camera).data).find((camera) => camera?.cameraId === id);
      const picture = imageUrl(found?.currentImageUri);
      if (picture !== null) return { stream_url: picture, expires_in_s: REFRESH_S };
    }
    throw new ArgusError(
      "ARGUS_SOURCE_NO_PICTURE",
      `camera ${id} has no picture just now; it may be out of service, try again later`,
      { retryable: true },
    );
  },
});
export default source;

/** The one list that may be passed on; the site's other calls are for its own pages. It is large: a wall of cameras reads it once. */
const sitesOf = keptFor(LIST_KEPT_S, async (ctx: ResolveContext): Promise<unknown[]> => {
  const headers = { authorization: `Bearer ${ctx.env[KEY]?.trim() ?? ""}` };
  const { payload } = await ctx.http.json(ctx.options.base_url + PATH, Answer, { headers });
  return payload;
});
