import { z } from "zod";

import { Scrape } from "./scrape.ts";
import { IsoTime } from "./time.ts";

const MAX_NAME = 100;

/**
 * `ready` may be scraped; `unconfigured` lacks an environment variable or has bad options; `broken` did not load or
 * is not a valid source; `running` is being scraped; `failed` failed when last scraped, and may be tried again; `paused`
 * failed so often that it is hardly tried any more by itself; `held` listed so few of its cameras that somebody must say
 * whether the others are gone.
 */
export const SourceState = z.enum(["ready", "running", "failed", "paused", "held", "unconfigured", "broken"]);
export type SourceState = z.infer<typeof SourceState>;

/** A source as the API shows it. */
export const SourceInfo = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Where its cameras are, in its package's words, as in `New York City, US`; null when it does not say. */
  region: z.string().nullable(),
  enabled_by_default: z.boolean(),
  required_env: z.array(z.string()),
  missing_env: z.array(z.string()),
  attribution: z.string(),
  licence: z.string(),
  terms_url: z.string().nullable(),
  package: z.string(),
  version: z.string(),
  /** Read again by itself, after its interval. */
  enabled: z.boolean(),
  /** It has a notice that nobody has accepted; until somebody does it is `unconfigured`. */
  needs_notice: z.boolean(),
  state: SourceState,
  /** Why it is in that state; null when there is nothing to say. */
  message: z.string().nullable(),
  /** Why its last run failed; null when that did not fail. */
  last_failure: z.string().nullable(),
  /** Cameras of it that the store holds and that are not gone. */
  camera_count: z.int().nonnegative(),
  last_scrape: z.object({ id: z.string(), state: z.string(), finished_at: IsoTime.nullable() }).nullable(),
  /** When it is next run by itself; null when it is not enabled, or cannot be run. */
  next_run_at: IsoTime.nullable(),
});
export type SourceInfo = z.infer<typeof SourceInfo>;

/** Everything that can be said of one source, and changed. */
export const SourceDetails = SourceInfo.extend({
  /** Seconds between two runs by itself. */
  interval_s: z.int().positive(),
  /** Failures in a row. */
  failures: z.int().nonnegative(),
  /** Whether it is asked where a camera's picture is when somebody looks. */
  can_resolve: z.boolean(),
  /** Null when there is nothing to accept. */
  notice: z.object({ text: z.string(), accepted_at: IsoTime.nullable(), is_accepted: z.boolean() }).nullable(),
  /** A listing too short to be believed, in cameras; null when none waits for somebody's word. */
  held: z.object({ before: z.int().nonnegative(), listed: z.int().nonnegative() }).nullable(),
  options: z.object({
    /** What may be set, as JSON Schema (draft 2020-12, an object's); null when the source is broken. */
    schema: z.record(z.string(), z.unknown()).nullable(),
    /** What is set, here or in the settings; never a secret's value. */
    values: z.record(z.string(), z.unknown()),
    /** Those that the server's settings hold, and that cannot be changed here. */
    fixed: z.array(z.string()),
    /** Secrets that are set. */
    secrets: z.array(z.string()),
  }),
});
export type SourceDetails = z.infer<typeof SourceDetails>;

/** What came of saying that a held listing is right. */
export const SourceConfirmed = z.object({
  /**
   * Cameras that were marked gone. Null when the list itself is no longer known: then the word is kept, and the next
   * complete listing of at least half as many cameras is taken as right.
   */
  gone: z.int().nonnegative().nullable(),
  /** What was started to list it again; null when that is not needed, or the source cannot be run just now. */
  scrape: Scrape.nullable(),
});
export type SourceConfirmed = z.infer<typeof SourceConfirmed>;

/** What may be changed of a source; what is left out stays. */
export const SourceChange = z.strictObject({
  enabled: z.boolean().optional(),
  /** True accepts the notice as it now reads; false takes that back, and disables the source. */
  accept_notice: z.boolean().optional(),
  /** By name; null takes an option back to its default. Secrets that are left out stay. */
  options: z.record(z.string().max(MAX_NAME), z.unknown()).optional(),
});
export type SourceChange = z.infer<typeof SourceChange>;
