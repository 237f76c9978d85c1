import { ArgusError, defineSource, readRows, type Source } from "@argus/source-sdk";
import { z } from "zod";

import { camerasOf, Element } from "./element.ts";
import { Options, QUERY_TIMEOUT_S, queryOf } from "./query.ts";

const MS = 1000;
/** On top of the query's own time: waiting for one of the server's slots, and the download. */
const PATIENCE_S = 120;
const RUNTIME_ERROR = /^runtime error/iu;

const Answer = z.object({ elements: z.array(z.unknown()), remark: z.string().optional() });

const source: Source = defineSource({
  apiVersion: 1,
  id: "osm-webcams",
  name: "OpenStreetMap webcams",
  description:
    "About 5,900 webcams all over the world that mappers recorded: a third as pictures, the others as pages to be linked to.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["overpass-api.de"],
  attribution: "© OpenStreetMap contributors; pictures by each webcam's operator",
  licence: "ODbL-1.0",
  terms_url: "https://www.openstreetmap.org/copyright",
  interval_s: 86_400,
  options: Options,

  async scrape(ctx) {
    const { base_url, area, pages } = ctx.options;
    const { elements, remark = "" } = await ctx.http.json(`${base_url}/interpreter`, Answer, {
      body: { form: { data: queryOf(area) } },
      timeoutMs: (QUERY_TIMEOUT_S + PATIENCE_S) * MS,
    });
    if (RUNTIME_ERROR.test(remark)) {
      // The server ran out of time or memory, and says so with status 200.
      if (elements.length === 0) throw outOfResources(base_url, remark);
      ctx.partial(`the Overpass API broke off: ${remark.slice(0, 200)}`);
    }
    const idOf = (row: unknown) => z.object({ type: z.string(), id: z.number() }).transform(nameOf).parse(row);
    let left = 0;
    for (const camera of readRows(elements, Element, ctx, { idOf }).flatMap(camerasOf)) {
      if (pages || camera.stream_kind !== "page") await ctx.emit(camera);
      else left += 1;
    }
    ctx.log.info("webcams that are pages were left out", { pages: left });
  },
});
export default source;

function nameOf({ type, id }: { type: string; id: number }): string {
  return `${type}/${id}`;
}

function outOfResources(baseUrl: string, remark: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_HTTP_STATUS",
    `${baseUrl} broke off without a row: ${remark.slice(0, 200)}; scrape again later, set area, or ask another instance by base_url`,
    { retryable: true },
  );
}
