import {
  baseUrl,
  type Bbox,
  type CameraInput,
  defineSource,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { PROVINCES } from "./provinces.ts";
import { Camera } from "./schema.ts";

const LIST = "/.content/.assets/json/camaras.json";
/** West, south, east, north: mainland with Balearic Islands, Ceuta and Melilla; Canary Islands. */
const AREAS: Bbox[] = [
  [-9.6, 35, 4.6, 44],
  [-18.4, 27.4, -13.2, 29.6],
];
const DAY_S = 86_400;
/** As long as the pictures' own headers let them be kept. */
const REFRESH_S = 120;
/** The carriageway, by what the kilometres along it do. */
const CARRIAGEWAYS: ReadonlyMap<string, string> = new Map([
  ["+", "Carriageway of rising kilometres"],
  ["-", "Carriageway of falling kilometres"],
]);

const source: Source = defineSource({
  apiVersion: 1,
  id: "spain-dgt",
  name: "Spain road cameras (DGT)",
  description:
    "About 1,900 traffic cameras on Spain's main roads, as stills that are replaced every few minutes; Catalonia and most of the Basque Country publish their own.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["www.dgt.es"],
  attribution: "Dirección General de Tráfico (DGT)",
  licence: "unknown",
  terms_url: "https://nap.dgt.es/es/dataset/camaras-dgt-datex2-v3-7",
  areas: AREAS,
  interval_s: DAY_S,
  options: z.object({ base_url: baseUrl("https://www.dgt.es") }),

  async scrape(ctx) {
    const list = await ctx.http.json(ctx.options.base_url + LIST, z.object({ camaras: z.array(z.unknown()) }));
    for (const camera of readRows(list.camaras, Camera, ctx, { idOf: "id" })) await ctx.emit(toCamera(camera));
  },
});
export default source;

function toCamera({ id, carretera, pk, sentido, provincia, latitud, longitud, imagen }: Camera): CameraInput {
  return {
    id,
    name: pk === "" ? carretera : `${carretera} km ${pk}`,
    description: CARRIAGEWAYS.get(sentido) ?? null,
    ...positionOf({ lat: latitud, lon: longitud }, { areas: AREAS }),
    country: "ES",
    region: PROVINCES.get(provincia.padStart(2, "0")) ?? null,
    stream_url: imagen,
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: ["traffic", carretera.toLowerCase()],
  };
}
