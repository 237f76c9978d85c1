import { z } from "zod";

import { Bbox } from "./coordinates.ts";
import { SourceId } from "./ids.ts";
import { isOwnSource } from "./own-source.ts";
import { HttpUrl } from "./url.ts";

const MAX_NAME = 100;
const MAX_DESCRIPTION = 500;
const MAX_CREDIT = 500;
const MAX_AREAS = 100;
const MAX_NOTICE = 5000;
const DEFAULT_INTERVAL_S = 3600;
const MIN_INTERVAL_S = 60;
const MAX_INTERVAL_S = 31 * 86_400;
const ENV_NAME = /^[A-Z][A-Z0-9_]*$/u;
const OPTION_PATH = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,4}$/u;
const MAX_ORIGIN_OPTIONS = 20;
// `*.example.org` stands for every host below example.org.
const HOST = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/u;

/** The plugin contract's version; it moves apart from any package's semver. */
export const SOURCE_API_VERSION = 1;
const FIRST_API_VERSION = 1;

/** A version of the contract that this code can run. */
export type SourceApiVersion = typeof SOURCE_API_VERSION;

/** The host's one rule: it runs sources of the present version of the contract and of the one before. */
export function isSupportedApiVersion(version: unknown): version is SourceApiVersion {
  const oldest = Math.max(FIRST_API_VERSION, SOURCE_API_VERSION - 1);
  return typeof version === "number" && Number.isInteger(version) && version >= oldest && version <= SOURCE_API_VERSION;
}

/** What a source declares about itself, without its code. */
export const SourceManifest = z.object({
  apiVersion: z.custom<SourceApiVersion>(isSupportedApiVersion, `must be ${SOURCE_API_VERSION}`),
  id: SourceId.refine((id) => !isOwnSource(id), "own and own-… are for cameras that people import"),
  name: z.string().min(1).max(MAX_NAME),
  description: z.string().min(1).max(MAX_DESCRIPTION),
  /** Preselected on the boot screen. */
  enabled_by_default: z.boolean(),
  /** Environment variables it cannot work without; it is handed these and no others. */
  required_env: z.array(z.string().regex(ENV_NAME, "must be an environment variable's name, like WINDY_API_KEY")),
  /** Hosts it talks to while scraping: names, or `*.name` for every host below one. */
  hosts: z.array(z.string().max(253).regex(HOST, "must be a host name in lower case, without scheme or port")),
  attribution: z.string("must be the credit that the origin asks for, or its name").min(1).max(MAX_CREDIT),
  /** An SPDX id or the licence's name; `unknown` is allowed and shown. */
  licence: z.string('must be an SPDX id, a licence\'s name, or "unknown" where none is stated').min(1).max(MAX_CREDIT),
  terms_url: HttpUrl.nullable(),
  /**
   * Options in which the user writes an origin's address, `feeds.url` being `url` of each of `feeds`: the host of what is
   * written there may be asked as well. `base_url` is always one.
   */
  origin_options: z
    .array(z.string().max(MAX_NAME).regex(OPTION_PATH, "must be an option's name, or a path like lists.url"))
    .max(MAX_ORIGIN_OPTIONS)
    .default([]),
  /** Boxes that the origin's cameras lie in; empty: anywhere. A position outside is a mistake of the origin. */
  areas: z.array(Bbox).max(MAX_AREAS).default([]),
  /** Seconds between two readings of the origin's list that are worth it. */
  interval_s: z.int().min(MIN_INTERVAL_S).max(MAX_INTERVAL_S).default(DEFAULT_INTERVAL_S),
  /** What the user must read and accept before it is enabled; null when there is nothing to accept. */
  needs_notice: z.string().trim().min(1).max(MAX_NOTICE).nullable().default(null),
  /** Whether its cameras may be part of bulk AI and health sweeps. */
  bulk: z.boolean().default(true),
});
export type SourceManifest = z.infer<typeof SourceManifest>;
