import { randomUUID } from "node:crypto";

const MS_PER_S = 1000;
const TIMESTAMP_DIGITS = 3;

/** The framing of a moving picture: `multipart/x-mixed-replace`, which every browser shows in an `<img>`. */
export type Multipart = {
  readonly contentType: string;
  /** What a body begins with. */
  readonly opening: Uint8Array;
  /**
   * One picture with its headers, and at once the boundary that ends it, for a reader may wait for that.
   * @param at milliseconds since 1970; written as `X-Timestamp` in seconds, as mjpg-streamer does.
   */
  part(jpeg: Uint8Array, at: number): Uint8Array;
};

/** The boundary cannot be guessed, so no camera can end its part early and put one of its own behind it. */
export function createMultipart(): Multipart {
  const boundary = `argus-${randomUUID()}`;
  const closing = Buffer.from(`\r\n--${boundary}\r\n`);
  return {
    contentType: `multipart/x-mixed-replace; boundary=${boundary}`,
    opening: closing.subarray(2),
    part: (jpeg, at) => Buffer.concat([Buffer.from(headersOf(jpeg, at)), jpeg, closing]),
  };
}

function headersOf(jpeg: Uint8Array, at: number): string {
  const timestamp = (at / MS_PER_S).toFixed(TIMESTAMP_DIGITS);
  return `Content-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\nX-Timestamp: ${timestamp}\r\n\r\n`;
}
