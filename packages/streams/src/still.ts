import type { Clock } from "@argus/core";

import type { Answer } from "./answer.ts";
import type { Egress } from "./egress.ts";
import { notJpeg } from "./errors.ts";
import { readPictures, type ReaderOptions } from "./picture-reader.ts";

const NOT_MODIFIED = 304;

/** One fetched picture, and what the origin wants to hear when asked for a newer one. */
export type Still = {
  readonly jpeg: Uint8Array;
  /** Where it was; what was said of it holds for no other address. */
  readonly url: string;
  /** ISO 8601: the origin's Last-Modified where it makes sense, else when it was fetched. */
  readonly taken_at: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
};

export type StillOptions = ReaderOptions & { egress: Egress; signal: AbortSignal };

/**
 * The first whole JPEG of a URL, be it a still or an MJPEG stream, which is closed then. Where the origin says that
 * `previous` is still the newest, that is the result; where it sends the same bytes, they are not kept twice.
 * @throws ArgusError as `Egress.open` and `readPictures` do.
 */
export async function fetchStill(url: string, previous: Still | null, options: StillOptions): Promise<Still> {
  const headers = conditions(previous?.url === url ? previous : null);
  const answer = await options.egress.open(url, { signal: options.signal, headers });
  if (answer.status === NOT_MODIFIED && previous !== null) {
    answer.close();
    return previous;
  }
  const jpeg = await firstPicture(answer, options);
  return {
    url,
    jpeg: previous !== null && Buffer.compare(previous.jpeg, jpeg) === 0 ? previous.jpeg : jpeg,
    taken_at: takenAt(answer.header("last-modified"), options.clock),
    etag: answer.header("etag"),
    lastModified: answer.header("last-modified"),
  };
}

async function firstPicture(answer: Answer, options: ReaderOptions): Promise<Uint8Array> {
  for await (const picture of readPictures(answer, options)) return picture;
  // readPictures throws where there is none; this is for the compiler.
  throw notJpeg(answer.url.host, "nothing");
}

function conditions(previous: Still | null): Record<string, string> {
  const headers: Record<string, string> = {};
  if (previous?.etag) headers["if-none-match"] = previous.etag;
  if (previous?.lastModified) headers["if-modified-since"] = previous.lastModified;
  return headers;
}

/** An origin whose clock is ahead, or whose date is none, does not know when the picture was taken. */
function takenAt(lastModified: string | null, clock: Clock): string {
  const now = clock();
  const said = lastModified === null ? Number.NaN : Date.parse(lastModified);
  return new Date(said <= now && said > 0 ? said : now).toISOString();
}
