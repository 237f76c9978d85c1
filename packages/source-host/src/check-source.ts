import { describeIssues, isSupportedApiVersion, SOURCE_API_VERSION, SourceManifest } from "@argus/core/contract";
import type { ResolvableCamera, ResolveContext, ScrapeContext, Source } from "@argus/source-sdk";

import { apiVersionMismatch, sourceBroken } from "./errors.ts";

/**
 * Checks a package's default export and gives the source as the host uses it: a frozen copy, so that what was checked
 * is what runs.
 * @throws ArgusError ARGUS_SOURCE_BROKEN naming what is wrong.
 */
export function checkSource(candidate: unknown): Source {
  if (typeof candidate !== "object" || candidate === null) {
    throw sourceBroken("its default export is no source: export default defineSource({ … })");
  }
  const version = "apiVersion" in candidate ? candidate.apiVersion : undefined;
  if (!isSupportedApiVersion(version)) throw apiVersionMismatch(version, SOURCE_API_VERSION);
  const manifest = SourceManifest.safeParse(candidate);
  if (!manifest.success) throw sourceBroken(`its default export is no valid source: ${describeIssues(manifest.error)}`);
  if (!hasCode(candidate))
    throw sourceBroken("its default export needs a scrape function and options that are a zod schema");
  const { options, scrape, resolve, openOrigin } = candidate;
  return Object.freeze({
    ...manifest.data,
    options,
    scrape: (context) => scrape(context),
    ...(resolve === undefined
      ? {}
      : { resolve: (camera: ResolvableCamera, context: ResolveContext) => resolve(camera, context) }),
    ...(openOrigin === undefined ? {} : { openOrigin: (values: ScrapeContext["options"]) => openOrigin(values) }),
  });
}

type Code = Pick<Source, "options" | "scrape" | "resolve" | "openOrigin">;

// By shape: a third party's zod may be another copy.
function hasCode(candidate: object): candidate is Code {
  const { options, scrape, resolve, openOrigin } = candidate as Partial<Record<keyof Code, unknown>>;
  return (
    typeof scrape === "function" &&
    (resolve === undefined || typeof resolve === "function") &&
    (openOrigin === undefined || typeof openOrigin === "function") &&
    typeof options === "object" &&
    options !== null &&
    "safeParse" in options &&
    typeof options.safeParse === "function"
  );
}
