import { keptFor, type ResolveContext } from "@argus/source-sdk";
import { z } from "zod";

import { idOf } from "./schema.ts";

const PATH = "/v1/transport/traffic-images";
/** How far back earlier answers are asked for, the last of them as far as a picture may be shown as the present one. */
const MINUTES_BACK = [1, 2, 5, 10, 20, 30];
const MS_PER_MINUTE = 60_000;
const SINGAPORE_MS = 8 * 60 * MS_PER_MINUTE;
const TO_SECONDS = "2026-01-01T00:00:00".length;

/** The origin renews its answer every minute. */
const KEPT_S = 60;

const NOW = "";

/** At times an item has nothing in it. */
const Answer = z.object({
  items: z.array(z.object({ timestamp: z.string().optional(), cameras: z.array(z.unknown()).default([]) })),
});

/** Names a camera at the origin and stays. The parameter is ours: the origin tells of all cameras at once, and is never asked so. */
export function addressOf(baseUrl: string, cameraId: string): string {
  return `${baseUrl}${PATH}?camera_id=${encodeURIComponent(cameraId)}`;
}

/**
 * What the origin tells of its cameras now, then what it told earlier, back to half an hour ago: an answer may hold only
 * some of the cameras. Asks when the next one is wanted.
 */
export async function* answersBack(ctx: ResolveContext): AsyncGenerator<unknown[]> {
  const now = await ask(ctx, NOW);
  yield now.cameras;
  for (const minutes of MINUTES_BACK) yield (await ask(ctx, singaporeTime(now.time - minutes * MS_PER_MINUTE))).cameras;
}

/** Each camera's newest row, of as many answers as it takes to have that many cameras. */
export async function newestRows(ctx: ResolveContext, enough: number): Promise<unknown[]> {
  const rows = new Map<string, unknown>();
  for await (const answer of answersBack(ctx)) {
    for (const row of answer) {
      const key = idOf(row) ?? JSON.stringify(row);
      if (!rows.has(key)) rows.set(key, row);
    }
    if (rows.size >= enough) break;
  }
  return [...rows.values()];
}

/** What the origin told at a time: of all cameras at once, so a wall of them asks once a minute. */
const ask = keptFor(KEPT_S, async (ctx: ResolveContext, time: string) => {
  const search: Record<string, string> = time === NOW ? {} : { date_time: time };
  const { items } = await ctx.http.json(ctx.options.base_url + PATH, Answer, { search });
  const stated = Date.parse(items[0]?.timestamp ?? "");
  return { time: Number.isNaN(stated) ? Date.now() : stated, cameras: items.flatMap(({ cameras }) => cameras) };
});

/** `2026-10-01T04:02:45`: the origin takes Singapore's time and no zone. */
function singaporeTime(ms: number): string {
  return new Date(ms + SINGAPORE_MS).toISOString().slice(0, TO_SECONDS);
}
