import { frameBroken } from "../errors.ts";

// Two lengths, big-endian: of the message (JSON, UTF-8) and of the bytes that come with it.
const HEAD_BYTES = 8;
const LENGTH_BYTES = 4;

/** A message and the bytes that came with it. */
export type Frame = { text: string; body: Buffer };

/** What one frame may hold, in bytes. */
export type FrameBounds = { maxText: number; maxBody: number };

/** A message as it is written, in pieces, so that a large body is not copied. */
export function writeFrame(text: string, body: Uint8Array | null = null): Uint8Array[] {
  const message = Buffer.from(text, "utf8");
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head.writeUInt32BE(message.byteLength, 0);
  head.writeUInt32BE(body?.byteLength ?? 0, LENGTH_BYTES);
  return body === null ? [head, message] : [head, message, body];
}

/** Cuts what arrives into frames. A frame that says it is larger than its bounds is refused before it is kept. */
export class FrameReader {
  readonly #bounds: FrameBounds;
  #chunks: Buffer[] = [];
  #waiting = 0;
  #needed = HEAD_BYTES;
  #textBytes: number | null = null;

  constructor(bounds: FrameBounds) {
    this.#bounds = bounds;
  }

  /** The frames that are whole with this chunk. @throws ArgusError ARGUS_SOURCE_PROTOCOL for one out of bounds. */
  *push(chunk: Buffer): Generator<Frame, void, void> {
    this.#chunks.push(chunk);
    this.#waiting += chunk.byteLength;
    while (this.#waiting >= this.#needed) {
      const bytes = this.#take(this.#needed);
      if (this.#textBytes === null) this.#readHead(bytes);
      else {
        const text = bytes.toString("utf8", 0, this.#textBytes);
        const body = bytes.subarray(this.#textBytes);
        this.#textBytes = null;
        this.#needed = HEAD_BYTES;
        yield { text, body };
      }
    }
  }

  #readHead(head: Buffer): void {
    const textBytes = head.readUInt32BE(0);
    const bodyBytes = head.readUInt32BE(LENGTH_BYTES);
    if (textBytes > this.#bounds.maxText) throw frameBroken("a message", textBytes, this.#bounds.maxText);
    if (bodyBytes > this.#bounds.maxBody) throw frameBroken("a body", bodyBytes, this.#bounds.maxBody);
    this.#textBytes = textBytes;
    this.#needed = textBytes + bodyBytes;
  }

  #take(count: number): Buffer {
    const all =
      this.#chunks.length === 1 && this.#chunks[0] !== undefined ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#waiting -= count;
    this.#chunks = this.#waiting === 0 ? [] : [all.subarray(count)];
    return all.subarray(0, count);
  }
}
