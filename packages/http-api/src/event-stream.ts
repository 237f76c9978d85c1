import type { Scrape } from "@argus/core";
import type { Response } from "express";

const RETRY_MS = 2000;
const LINE_BREAKS = /[\r\n\0]/gu;

export type ProgressEvent = { id: string; scrape: Scrape };

/** Head of a `text/event-stream` answer that nothing on the way may hold back. */
export function openEventStream(response: Response): void {
  response.setHeader("Content-Type", "text/event-stream; charset=utf-8");
  response.setHeader("Cache-Control", "no-store, no-transform");
  response.setHeader("X-Accel-Buffering", "no");
  response.flushHeaders();
}

/** Progress as event-stream text: how long to wait before coming back, then an event for each snapshot. */
export async function* writeProgress(events: AsyncIterable<ProgressEvent>): AsyncGenerator<string, void, undefined> {
  yield `retry: ${RETRY_MS}\n\n`;
  for await (const event of events) yield progressText(event);
}

/**
 * Writes a comment every `everyMs`, so that both ends notice a dead connection; a client that does not keep up gets none.
 * @returns what stops it
 */
export function startHeartbeat(response: Response, everyMs: number): Disposable {
  const timer = setInterval(() => {
    // Whole events go out one write each, so a comment between two writes stands between two events.
    if (!response.writableNeedDrain && !response.writableEnded) response.write(": heartbeat\n\n");
  }, everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function progressText({ id, scrape }: ProgressEvent): string {
  return `id: ${id.replaceAll(LINE_BREAKS, "")}\nevent: progress\ndata: ${JSON.stringify(scrape)}\n\n`;
}
