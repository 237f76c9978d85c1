import { type ArgusError, isArgusError } from "@argus/core";

import type { ScrapeContext } from "./source.ts";

const MAX_REASON = 300;

export type EachPartOptions<Part> = {
  /** How a message calls the part: `district 3`, `511on.ca`. */
  name: (part: Part) => string;
  read: (part: Part) => Promise<void>;
};

/**
 * Reads parts of an origin that fail each on their own (districts, hosts, layers), one after the other, with the progress
 * told: a part that fails makes the scrape partial, and the others are read all the same.
 * @throws the first ArgusError when every part failed, the signal's reason when cancelled, and at once whatever is no
 * ArgusError, for that is a fault of the source.
 */
export async function eachPart<Part>(
  ctx: Pick<ScrapeContext, "signal" | "progress" | "partial">,
  parts: readonly Part[],
  { name, read }: EachPartOptions<Part>,
): Promise<void> {
  const failures: { name: string; error: ArgusError }[] = [];
  for (const [done, part] of parts.entries()) {
    ctx.signal.throwIfAborted();
    ctx.progress({ done, total: parts.length, message: name(part) });
    try {
      await read(part);
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!isArgusError(error)) throw error;
      failures.push({ name: name(part), error });
    }
  }
  ctx.progress({ done: parts.length, total: parts.length });
  const [first] = failures;
  if (first !== undefined && failures.length === parts.length) throw first.error;
  for (const failure of failures) ctx.partial(`${failure.name}: ${failure.error.message}`.slice(0, MAX_REASON));
}
