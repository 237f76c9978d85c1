import {
  ArgusError,
  defineSource,
  eachPart,
  type FeatureRow,
  readRows,
  type ScrapeContext,
  type Source,
} from "@argus/source-sdk";

import { columnsOf, isInService, rowOf, toCamera } from "./camera.ts";
import { fieldOf } from "./field.ts";
import type { List } from "./list.ts";
import { addressOf, KNOWN_HOSTS, Options } from "./options.ts";
import { checkColumns, readList } from "./rows.ts";

const source: Source = defineSource({
  apiVersion: 1,
  id: "geojson-url",
  name: "Lists on the web",
  description:
    "Cameras of any GeoJSON, CSV or JSON file on the web, whose columns, credit and licence you describe. Lists nothing until you do.",
  enabled_by_default: false,
  required_env: [],
  hosts: KNOWN_HOSTS,
  origin_options: ["lists.url"],
  attribution: "Each list's owner, as its settings name them",
  licence: "each list's own, as its settings name it",
  terms_url: null,
  interval_s: 21_600,
  options: Options,

  async scrape(ctx) {
    const { lists } = ctx.options;
    if (lists.length === 0)
      throw new ArgusError("ARGUS_SOURCE_UNCONFIGURED", "no list is described: set the option lists of geojson-url");
    await eachPart(ctx, lists, {
      name: ({ id, title }) => `list ${id} (${title})`,
      read: async (list) => {
        const url = addressOf(list, ctx.options);
        if (url !== null) await readCameras(ctx, url, list);
      },
    });
  },
});
export default source;

async function readCameras(ctx: ScrapeContext, url: URL, list: List): Promise<void> {
  const rows = await readList(ctx, url, list);
  checkColumns(rows, columnsOf(list), list);
  const working = rows.filter((row) => isInService(row, list));
  const idOf = (row: unknown) => list.columns.id.map((column) => fieldOf(row as FeatureRow, column)).join(":") || null;
  const seen = new Set<string>();
  for (const row of readRows(working, rowOf(list, url.href), ctx, { idOf, maxBadShare: list.max_bad_share })) {
    if (!seen.has(row.id) || list.columns.id.length > 0) await ctx.emit(toCamera(row, list));
    seen.add(row.id);
  }
  ctx.log.info("cameras out of service were left out", { list: list.id, unavailable: rows.length - working.length });
}
