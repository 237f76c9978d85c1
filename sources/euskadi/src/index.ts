import { baseUrl, type CameraInput, defineSource, pagesOf, positionOf, readRows, type Source } from "@argus/source-sdk";
import { z } from "zod";

import { AREAS, creditOf } from "./owners.ts";
import { Camera, Page } from "./schema.ts";

const LIST = "/traffic/v1.0/cameras";
const DAY_S = 86_400;
/** ETRS89 / UTM zone 30 north, EPSG:25830. */
const UTM_ZONE = "30N";
/** `CCTV 300 - Cámara DOMO nudo Kukularra`. */
const LEADING_CODE = /^CCTV\s+\d+\s*-\s*/iu;
const AROUND_HYPHEN = /\s*-\s*/gu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "euskadi",
  name: "Basque Country traffic cameras",
  description:
    "About 390 traffic cameras of the Basque Government, the provinces and the cities of the Basque Country, as stills that are replaced regularly.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["api.euskadi.eus"],
  attribution: "Gobierno Vasco / Eusko Jaurlaritza, Open Data Euskadi",
  licence: "CC-BY-4.0",
  terms_url: "https://opendata.euskadi.eus/general/-/informacion-legal-opendata/",
  areas: AREAS,
  interval_s: DAY_S,
  options: z.object({ base_url: baseUrl("https://api.euskadi.eus") }),

  async scrape(ctx) {
    const read = async (page: number) => {
      const answer = await ctx.http.json(ctx.options.base_url + LIST, Page, { search: { _page: page } });
      return { rows: answer.cameras, total: answer.totalItems, pages: answer.totalPages };
    };
    const idOf = (row: unknown) => rawIdOf(Camera.pick({ sourceId: true, cameraId: true }).parse(row));
    let pictureless = 0;
    for await (const rows of pagesOf(ctx, { by: "page", read })) {
      for (const camera of readRows(rows, Camera, ctx, { idOf })) {
        if (camera.urlImage === null) pictureless += 1;
        else await ctx.emit(toCamera(camera));
      }
    }
    ctx.log.info("cameras without a picture were left out", { pictureless });
  },
});
export default source;

/** Each body numbers its cameras on its own. */
function rawIdOf({ sourceId, cameraId }: Pick<Camera, "sourceId" | "cameraId">): string {
  return `${sourceId}-${cameraId}`;
}

function toCamera(camera: Camera): CameraInput {
  const { sourceId, cameraName, address, latitude, longitude, urlImage } = camera;
  const road = camera.road?.replaceAll(AROUND_HYPHEN, "-") ?? null;
  const place = placeOf(road, camera.kilometer);
  const name = cameraName?.replace(LEADING_CODE, "") ?? "";
  return {
    id: rawIdOf(camera),
    name: [name, place].filter(Boolean).join(", ") || `Camera ${rawIdOf(camera)}`,
    description: address,
    ...positionOf({ lat: latitude, lon: longitude }, { areas: AREAS, utmZone: UTM_ZONE }),
    country: "ES",
    region: "Basque Country",
    stream_url: urlImage,
    stream_kind: "jpeg",
    tags: road === null ? ["traffic"] : ["traffic", road.toLowerCase()],
    ...creditOf(sourceId),
  };
}

/** `BI-637 km 8.5`, of `008+500` or `8.500`. */
function placeOf(road: string | null, kilometre: string | null): string | null {
  const km = Number(kilometre?.replace("+", "."));
  return road === null || kilometre === null || Number.isNaN(km) ? road : `${road} km ${km}`;
}
