import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import type { Response } from "express";

/** Aborts when the client has gone or the answer is complete. */
export function closeSignal(response: Response): AbortSignal {
  const closed = new AbortController();
  if (response.destroyed) closed.abort();
  else response.once("close", () => closed.abort());
  return closed.signal;
}

/**
 * Sends the chunks at the pace the client takes them. When they fail in the middle the connection is destroyed, so
 * that the client sees a truncated answer and never a well-formed half; when the client goes, or `stop` aborts, the
 * chunks are closed.
 * @throws what the chunks threw; nothing when the client went or `stop` aborted.
 */
export async function send(
  response: Response,
  chunks: AsyncIterable<string | Uint8Array>,
  stop?: AbortSignal,
): Promise<void> {
  // One chunk ahead: what waits here is memory, and in a moving picture also age.
  const readable = Readable.from(chunks, { highWaterMark: 1 });
  try {
    await pipeline(readable, response, stop === undefined ? {} : { signal: stop });
  } catch (error) {
    if (stop?.aborted !== true && !isPrematureClose(error)) throw error;
  }
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}
