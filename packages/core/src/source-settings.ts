import { z } from "zod";

import { IsoTime } from "./time.ts";

/**
 * A complete listing that was too short to be believed, for which nothing was marked gone. It waits for somebody's word
 * while `confirmed_at` is null; then for the next complete listing, which is believed if it has at least half as many cameras.
 */
export const HeldListing = z.object({
  /** Cameras of the source before. */
  before: z.int().nonnegative(),
  /** Cameras it listed. */
  listed: z.int().nonnegative(),
  /** When it was read. */
  at: IsoTime,
  /** When somebody said that it is right, where the list itself was no longer known. */
  confirmed_at: IsoTime.nullable(),
});
export type HeldListing = z.infer<typeof HeldListing>;

/**
 * What somebody has set about a source, and what waits for their word, as it is kept. Secrets stand among the options as
 * they are, so that it is never part of an answer.
 */
export const SourceSettings = z.object({
  source_id: z.string(),
  /** Whether it is read again by itself; null while nobody has said. */
  enabled: z.boolean().nullable(),
  /** As they were set; the source's own schema checks them. */
  options: z.record(z.string(), z.unknown()),
  notice_accepted_at: IsoTime.nullable(),
  /** Of the text that was accepted, for a notice that has changed since is to be read again. */
  notice_hash: z.string().nullable(),
  held: HeldListing.nullable(),
  /** Later with every change, whatever the clock says. */
  updated_at: IsoTime,
});
export type SourceSettings = z.infer<typeof SourceSettings>;
