import {
  type Bbox,
  baseUrl,
  type CameraInput,
  defineSource,
  geojsonFeatures,
  readRows,
  type Source,
} from "@argus/source-sdk";
import { z } from "zod";

import { headingIn, townIn } from "./place-words.ts";
import { CameraFeature } from "./schema.ts";

/** Québec, and its neighbours' side of border crossings. */
const AREAS: Bbox[] = [[-79.9, 44.8, -57, 62.7]];
const WFS_QUERY = {
  service: "wfs",
  version: "2.0.0",
  request: "getfeature",
  typename: "ms:infos_cameras",
  srsname: "EPSG:4326",
  outputformat: "geojson",
};
/** `numberMatched` counts the layer's features, whatever part of them is in the answer. */
const Collection = z.looseObject({ features: z.array(z.unknown()), numberMatched: z.int().nullish().catch(null) });

const source: Source = defineSource({
  apiVersion: 1,
  id: "quebec-511",
  name: "Québec 511 cameras",
  description:
    "About 680 cameras on Québec's roads and at its borders. Their pictures are shown on Québec 511's own pages, which Argus links to.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["ws.mapserver.transports.gouv.qc.ca"],
  attribution: "Ministère des Transports et de la Mobilité durable du Québec, Québec 511, Données Québec",
  licence: "CC-BY-4.0",
  terms_url: "https://www.donneesquebec.ca/recherche/dataset/camera-de-circulation",
  areas: AREAS,
  interval_s: 86_400,
  options: z.object({ base_url: baseUrl("https://ws.mapserver.transports.gouv.qc.ca") }),

  async scrape(ctx) {
    const collection = await ctx.http.json(`${ctx.options.base_url}/swtq`, Collection, { search: WFS_QUERY });
    const features = geojsonFeatures(collection, { areas: AREAS });
    for (const feature of readRows(features, CameraFeature, ctx, { idOf: "properties.IDEcamera" }))
      await ctx.emit(toCamera(feature));
    const { numberMatched } = collection;
    if (typeof numberMatched === "number" && numberMatched > features.length)
      ctx.partial(`the origin counts ${numberMatched} cameras and sent ${features.length}`);
  },
});
export default source;

function toCamera({ properties, lat, lon }: CameraFeature): CameraInput {
  const { DescriptionLocalisationEn: english, DescriptionLocalisationFr: french } = properties;
  const region = properties.NomRegionDiffusion?.toLowerCase();
  const atBorder = properties.NomPosteFrontalier !== null || properties.NomPontFrontalier !== null;
  return {
    id: properties.IDEcamera,
    name: english ?? french ?? `Camera ${properties.IDEcamera}`,
    description: english === french ? null : french,
    lat,
    lon,
    country: "CA",
    region: "Québec",
    city: townIn(english, french),
    heading_deg: headingIn(english) ?? headingIn(french),
    stream_kind: "page",
    page_url: properties.URL_FLUX_DONNEE,
    tags: ["traffic", ...(region === undefined ? [] : [region]), ...(atBorder ? ["border"] : [])],
  };
}
