import type { ResolveContext } from "./source.ts";

const MS_PER_S = 1000;

type Kept<Value> = { until: number; value: Promise<Value> };

/**
 * Reads what an origin tells of all its cameras at once, and gives the same again for so many seconds: cameras are resolved
 * one by one, and a wall of them is to be one request. Kept by what `read` is asked for, in the source's process and no
 * longer; what could not be read is not kept.
 */
export function keptFor<Context extends Pick<ResolveContext, "options">, Asked extends readonly string[], Value>(
  seconds: number,
  read: (ctx: Context, ...asked: Asked) => Promise<Value>,
): (ctx: Context, ...asked: Asked) => Promise<Value> {
  // Options are a process's and not a camera's; of other options nothing is known.
  const byOptions = new WeakMap<object, Map<string, Kept<Value>>>();
  return async (ctx, ...asked) => {
    const kept = byOptions.get(ctx.options) ?? new Map<string, Kept<Value>>();
    byOptions.set(ctx.options, kept);
    const now = performance.now();
    for (const [key, { until }] of kept) if (until <= now) kept.delete(key);
    const key = JSON.stringify(asked);
    const known = kept.get(key);
    if (known !== undefined) return await known.value;
    const value = read(ctx, ...asked);
    kept.set(key, { until: now + seconds * MS_PER_S, value });
    try {
      return await value;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}
