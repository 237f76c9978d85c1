import { HttpUrl } from "@argus/core/contract";
import type { z } from "zod";

const TRAILING_SLASHES = /\/+$/u;

/** The option every source has: where its origin answers, without a trailing slash, so that paths are appended with one. */
export function baseUrl(defaultUrl: string): z.ZodDefault<z.ZodString> {
  return HttpUrl.overwrite(withoutTrailingSlash)
    .default(withoutTrailingSlash(defaultUrl))
    .describe("Address of the origin, or of a mirror of it");
}

function withoutTrailingSlash(url: string): string {
  return url.replace(TRAILING_SLASHES, "");
}
