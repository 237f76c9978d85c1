import { z } from "zod";

import { IsoTime } from "./time.ts";

/**
 * What somebody has set about a source, as it is kept. Secrets stand among the options as they are, so that it is never
 * part of an answer.
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
  /** Later with every change, whatever the clock says. */
  updated_at: IsoTime,
});
export type SourceSettings = z.infer<typeof SourceSettings>;
