import {
  baseUrl,
  defineSource,
  kmlPlacemarks,
  readRows,
  type ScrapeContext,
  secretText,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { HighwayCamera, Placemark } from "./schema.ts";
import { AREAS, cameraOfPlacemark, toCamera } from "./to-camera.ts";

const KML = "/traffic/api/HighwayCameras/kml.aspx";
const API = "/Traffic/api/HighwayCameras/HighwayCamerasREST.svc/GetCamerasAsJson";
const DAY_S = 86_400;

const Options = z.object({
  base_url: baseUrl("https://wsdot.wa.gov"),
  access_code: secretText("WSDOT's free access code; with it, directions, owners and what is out of service are known"),
});
type Context = ScrapeContext<z.output<typeof Options>>;

const source: Source = defineSource({
  apiVersion: 1,
  id: "wsdot",
  name: "Washington State highway cameras",
  description:
    "About 1,700 cameras on the highways, mountain passes, ferry terminals and airports of Washington State, as stills that are replaced every few minutes.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["wsdot.wa.gov", "www.wsdot.wa.gov"],
  attribution: "Washington State Department of Transportation",
  licence: "unknown",
  terms_url: "https://wsdot.wa.gov/traffic/api/",
  areas: AREAS,
  bulk: false,
  interval_s: DAY_S,
  options: Options,

  async scrape(ctx) {
    if (ctx.options.access_code === "") await readKml(ctx);
    else await readApi(ctx);
  },
});
export default source;

async function readKml(ctx: Context): Promise<void> {
  const placemarks = await kmlPlacemarks(await ctx.http.text(ctx.options.base_url + KML), { areas: AREAS });
  for (const placemark of readRows(placemarks, Placemark, ctx, { idOf: "id" }))
    await ctx.emit(cameraOfPlacemark(placemark));
}

async function readApi(ctx: Context): Promise<void> {
  const { base_url, access_code } = ctx.options;
  const list = await ctx.http.json(base_url + API, z.array(z.unknown()), { search: { AccessCode: access_code } });
  let inactive = 0;
  for (const camera of readRows(list, HighwayCamera, ctx, { idOf: "CameraID" })) {
    if (camera.IsActive) await ctx.emit(toCamera(camera));
    else inactive += 1;
  }
  ctx.log.info("cameras out of service were left out", { inactive });
}
