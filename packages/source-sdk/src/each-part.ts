import { type ArgusError, isArgusError } from "@argus/core/contract";

import type { ScrapeContext } from "./source.ts";

const MAX_REASON = 300;
const MOST_AT_ONCE = 16;

export type EachPartOptions<Part> = {
  /** How a message calls the part: `district 3`, `511on.ca`. */
  name: (part: Part) => string;
  read: (part: Part) => Promise<void>;
  /** Parts that are read at the same time, 16 at the most; worth it where each is on a host of its own. Default: 1. */
  atOnce?: number;
};

/**
 * Reads parts of an origin that fail each on their own (districts, hosts, layers), in their order, with the progress told:
 * a part that fails makes the scrape partial, and the others are read all the same. Failures are told in the order of the
 * parts, however many are read at once.
 * @throws the first ArgusError when every part failed, the signal's reason when cancelled, and at once whatever is no
 * ArgusError, for that is a fault of the source. No part is begun after that.
 */
export async function eachPart<Part>(
  ctx: Pick<ScrapeContext, "signal" | "progress" | "partial">,
  parts: readonly Part[],
  { name, read, atOnce = 1 }: EachPartOptions<Part>,
): Promise<void> {
  const failures: (ArgusError | undefined)[] = parts.map(() => undefined);
  // One iterator for all: each takes the next part that nobody has taken.
  const left = parts.entries();
  let done = 0;
  let isOver = false;
  const work = async (): Promise<void> => {
    for (const [index, part] of left) {
      if (isOver) return;
      ctx.signal.throwIfAborted();
      ctx.progress({ done, total: parts.length, message: name(part) });
      failures[index] = await failureOf(part);
      done += 1;
    }
  };
  const failureOf = async (part: Part): Promise<ArgusError | undefined> => {
    try {
      await read(part);
      return undefined;
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (isArgusError(error)) return error;
      throw error;
    }
  };
  try {
    await Promise.all(Array.from({ length: workersFor(atOnce, parts.length) }, work));
  } finally {
    isOver = true;
  }
  ctx.progress({ done: parts.length, total: parts.length });
  tell(ctx, parts.map(name), failures);
}

function workersFor(atOnce: number, parts: number): number {
  const wanted = Number.isFinite(atOnce) ? Math.floor(atOnce) : 1;
  return Math.min(Math.max(1, wanted), MOST_AT_ONCE, parts);
}

function tell(
  ctx: Pick<ScrapeContext, "partial">,
  names: readonly string[],
  failures: readonly (ArgusError | undefined)[],
): void {
  const first = failures.find((error) => error !== undefined);
  if (first !== undefined && failures.every((error) => error !== undefined)) throw first;
  for (const [index, error] of failures.entries()) {
    if (error !== undefined) ctx.partial(`${names[index]}: ${error.message}`.slice(0, MAX_REASON));
  }
}
