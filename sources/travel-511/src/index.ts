import { ArgusError, defineSource, eachPart, readRows, type ScrapeContext, type Source } from "@argus/source-sdk";
import { z } from "zod";

import { HOSTS, NORTH_AMERICA } from "./hosts.ts";
import { type AskedHost, hostsAsked, Options } from "./options.ts";
import { Site } from "./schema.ts";
import { isDisabled, toCamera, viewId } from "./to-camera.ts";

/** Views are taken out of service and put back during a day. */
const INTERVAL_S = 21_600;
const HOSTS_AT_ONCE = 4;

const KeyRefused = z.object({
  code: z.literal("ARGUS_SOURCE_HTTP_STATUS"),
  details: z.object({ status: z.literal([400, 401, 403]) }),
});

const source: Source = defineSource({
  apiVersion: 1,
  id: "travel-511",
  name: "511 traveller information",
  description:
    "Traffic cameras of up to 21 states and provinces of the US and Canada, as stills and some as video. Each site needs a free key of its own; sites without one are left out.",
  enabled_by_default: false,
  required_env: [],
  hosts: Object.values(HOSTS).flatMap(({ host }) => [host, `www.${host}`]),
  attribution: "The 511 site of the camera's state or province",
  licence: "unknown",
  terms_url: null,
  areas: NORTH_AMERICA,
  interval_s: INTERVAL_S,
  options: Options,

  async scrape(ctx) {
    await eachPart(ctx, hostsAsked(ctx.options), {
      name: ({ host }) => host,
      read: (asked) => readHost(ctx, asked),
      // Each part is a host of its own, and waits for no other.
      atOnce: HOSTS_AT_ONCE,
    });
  },
});
export default source;

async function readHost(ctx: ScrapeContext, asked: AskedHost): Promise<void> {
  const idOf = (row: unknown) => `${asked.host}:${z.object({ Id: z.union([z.string(), z.number()]) }).parse(row).Id}`;
  let disabled = 0;
  for (const site of readRows(await listOf(ctx, asked), Site, ctx, { idOf })) {
    for (const [index, view] of site.Views.entries()) {
      const camera = isDisabled(view) ? null : toCamera(asked, site, index);
      if (isDisabled(view)) disabled += 1;
      else if (camera === null) ctx.reject(viewId(asked, site, index), "it has no address of a picture");
      else await ctx.emit(camera);
    }
  }
  ctx.log.info("views out of service were left out", { host: asked.host, disabled });
}

async function listOf(ctx: ScrapeContext, { host, url, key }: AskedHost): Promise<unknown[]> {
  try {
    return await ctx.http.json(url, z.array(z.unknown()), { search: { key, format: "json" } });
  } catch (error) {
    const refused = KeyRefused.safeParse(error);
    if (!refused.success) throw error;
    const { status } = refused.data.details;
    throw new ArgusError(
      "ARGUS_SOURCE_HTTP_STATUS",
      `${host} answered ${status}: it wants another key; check its option`,
      {
        details: { status },
        cause: error,
      },
    );
  }
}
