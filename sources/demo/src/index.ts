import { defineSource, type Source } from "@argus/source-sdk";

import { CAMERAS, listCamera } from "./cameras.ts";
import { openDemoOrigin } from "./origin.ts";
import { DemoOptions } from "./schema.ts";

const source: Source = defineSource({
  apiVersion: 1,
  id: "demo",
  name: "Demo cameras",
  description:
    "60 imaginary cameras at real places round the world, which draw their own pictures and need no network.",
  enabled_by_default: true,
  required_env: [],
  hosts: [],
  attribution: "Drawn by Argus",
  licence: "CC0-1.0",
  options: DemoOptions,

  async scrape(ctx) {
    let done = 0;
    for (const camera of CAMERAS.values()) {
      ctx.signal.throwIfAborted();
      await ctx.emit(listCamera(camera, ctx.options.base_url));
      done += 1;
      ctx.progress({ done, total: CAMERAS.size, message: camera.place.city });
    }
  },

  openOrigin: (options) => openDemoOrigin(options),
});
export default source;
