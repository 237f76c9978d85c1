import { defineSource, eachPart, readFeatureServer, readRows, type Source } from "@argus/source-sdk";

import { columnsOf, isInService, rowOf, toCamera } from "./camera.ts";
import { layersOf, Options } from "./options.ts";

const source: Source = defineSource({
  apiVersion: 1,
  id: "arcgis",
  name: "ArcGIS layers",
  description:
    "Cameras that an agency shows as a layer of an ArcGIS map. Iowa's 1,260 road cameras to begin with (live video and stills); Kentucky, Michigan and Washington can be chosen, and any other layer described.",
  enabled_by_default: true,
  required_env: [],
  hosts: ["*.arcgis.com", "data.wsdot.wa.gov"],
  origin_options: ["layers.url", "copies.url"],
  attribution: "Each layer's owner; to begin with the Iowa Department of Transportation",
  licence: "CC-BY-4.0 for Iowa; each other layer's own",
  terms_url: "https://iowadot.gov/policies-statements/terms-use",
  interval_s: 86_400,
  options: Options,

  async scrape(ctx) {
    await eachPart(ctx, layersOf(ctx.options), {
      name: ({ id }) => `layer ${id}`,
      read: async (layer) => {
        const url = new URL(layer.url, `${ctx.options.base_url}/`).href;
        const areas = layer.area === null ? [] : [layer.area];
        const rows = await readFeatureServer(ctx, url, { where: layer.where, outFields: columnsOf(layer), areas });
        const working = rows.filter((row) => isInService(row, layer));
        for (const row of readRows(working, rowOf(layer), ctx)) await ctx.emit(toCamera(row, layer));
        ctx.log.info("cameras out of service were left out", {
          layer: layer.id,
          unavailable: rows.length - working.length,
        });
      },
    });
  },
});
export default source;
