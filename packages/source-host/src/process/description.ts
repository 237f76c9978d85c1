import { parseOrThrow, SourceManifest } from "@argus/core";
import { z } from "zod";

import { OptionsRead } from "../wire/to-host.ts";

/** What a source's process tells about it, and what may be kept of that for the next start. */
export const Description = z.object({
  manifest: SourceManifest,
  options_schema: z.record(z.string(), z.unknown()).nullable(),
  has_resolve: z.boolean(),
  has_origin: z.boolean(),
  defaults: OptionsRead,
});
export type Description = z.infer<typeof Description>;

/** @throws ArgusError ARGUS_SOURCE_BROKEN naming what is wrong. */
export function readDescription(value: unknown): Description {
  return parseOrThrow(Description, value, "what it tells about itself", "ARGUS_SOURCE_BROKEN");
}
