import type { Clock } from "@argus/core";

import type { Answer } from "./answer.ts";
import { badStatus, notJpeg, timedOut, tooLarge } from "./errors.ts";
import { FrameScanner, ScanError } from "./jpeg.ts";
import type { StreamLimits } from "./limits.ts";
import { describeBody, sniff, SNIFF_BYTES } from "./sniff.ts";

const FIRST_ERROR_STATUS = 400;
// Between two whole pictures there may be one that was torn, and what surrounds it.
const JUNK_PER_FRAME = 2;

export type ReaderOptions = { limits: Pick<StreamLimits, "frameBytes" | "frameMs">; clock: Clock };

/**
 * Every whole JPEG of an answer: one for a still, endlessly many for an MJPEG stream. The content type, the multipart
 * headers and their lengths are not believed; the pictures themselves say where they begin and end. Ends when the body
 * does; closes the answer in any case.
 * @throws ArgusError ARGUS_STREAM_STATUS, ARGUS_STREAM_NOT_JPEG (a body that ends or goes on without a whole picture),
 *   ARGUS_STREAM_TOO_LARGE, ARGUS_STREAM_TIMEOUT, and what the body throws.
 */
export async function* readPictures(
  answer: Answer,
  { limits, clock }: ReaderOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    welcomed(answer);
    const reading = new Reading(answer, limits, clock);
    for await (const chunk of answer.body) yield* reading.take(chunk);
    reading.end();
  } finally {
    answer.close();
  }
}

/** The answer, unless it is an error of the origin's, which is closed. @throws ArgusError ARGUS_STREAM_STATUS. */
export function welcomed(answer: Answer): Answer {
  if (answer.status < FIRST_ERROR_STATUS) return answer;
  answer.close();
  throw badStatus(answer.url.host, answer.status);
}

class Reading {
  readonly #answer: Answer;
  readonly #limits: ReaderOptions["limits"];
  readonly #clock: Clock;
  readonly #scanner: FrameScanner;
  #head: Buffer = Buffer.alloc(0);
  #bytes = 0;
  #found = false;
  #waitingSince: number;

  constructor(answer: Answer, limits: ReaderOptions["limits"], clock: Clock) {
    this.#answer = answer;
    this.#limits = limits;
    this.#clock = clock;
    this.#scanner = new FrameScanner({ maxFrame: limits.frameBytes, maxJunk: limits.frameBytes * JUNK_PER_FRAME });
    this.#waitingSince = clock();
  }

  *take(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    this.#bytes += chunk.length;
    if (this.#head.length < SNIFF_BYTES) this.#head = Buffer.concat([this.#head, chunk.subarray(0, SNIFF_BYTES)]);
    try {
      for (const frame of this.#scanner.push(chunk)) {
        this.#found = true;
        this.#waitingSince = this.#clock();
        yield frame;
      }
    } catch (error) {
      throw error instanceof ScanError ? this.#described(error) : error;
    }
    this.#judge();
  }

  /** @throws when the body has ended without a picture. */
  end(): void {
    if (this.#found) return;
    const { unfinished } = this.#scanner;
    const cut = unfinished > 0 ? `a JPEG cut off after ${unfinished} bytes` : null;
    const came = cut ?? describeBody(this.#head, this.#bytes, this.#answer.header("content-type"));
    throw notJpeg(this.#host, came, cut !== null || this.#bytes === 0);
  }

  #judge(): void {
    const other = this.#found ? null : sniff(this.#head);
    if (other !== null) throw notJpeg(this.#host, other);
    if (this.#clock() - this.#waitingSince > this.#limits.frameMs)
      throw timedOut(this.#host, "sent no whole picture", this.#limits.frameMs);
  }

  #described(error: ScanError): Error {
    if (error.reason === "frame") return tooLarge(this.#host, this.#limits.frameBytes);
    return notJpeg(this.#host, `more than ${this.#limits.frameBytes * JUNK_PER_FRAME} bytes that hold no picture`);
  }

  get #host(): string {
    return this.#answer.url.host;
  }
}
