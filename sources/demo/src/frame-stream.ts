import { setTimeout as pause } from "node:timers/promises";

const BOUNDARY = "argus-frame";
/** The content type of a stream of frames (RFC 2046, section 5.1; the `x-mixed-replace` type as browsers know it). */
export const MULTIPART_TYPE = `multipart/x-mixed-replace; boundary=${BOUNDARY}`;

// Without a queue nothing is drawn before somebody reads.
const WITHOUT_QUEUE = { highWaterMark: 0 };

export type FrameStreamOptions = {
  /** Draws the frame of a time, which is a multiple of `tickMs`. */
  frame: (at: number) => Promise<Uint8Array>;
  /** Milliseconds from one frame to the next. */
  tickMs: number;
  clock: () => number;
  /** Ends the stream. */
  signal: AbortSignal;
};

/**
 * An endless multipart body of JPEGs. A frame is drawn when the reader asks for it and its time has come, never
 * ahead; a slow reader gets fewer frames, not older ones.
 */
export function frameStream({ frame, tickMs, clock, signal }: FrameStreamOptions): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const over = new AbortController();
  const ended = AbortSignal.any([signal, left.signal]);
  // Counted in whole ticks: all viewers of a camera then ask for exactly the same times.
  let last = Number.NEGATIVE_INFINITY;
  async function nextPart(): Promise<Uint8Array> {
    const wait = (last + 1) * tickMs - clock();
    if (wait > 0) await pause(wait, undefined, { signal: ended });
    // A timer may fire a little early.
    last = Math.max(last + 1, Math.floor(clock() / tickMs));
    return partOf(await frame(last * tickMs));
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Whatever ends the stream from within removes this first: a stream is closed once.
        ended.addEventListener("abort", () => controller.close(), { once: true, signal: over.signal });
        if (ended.aborted) controller.close();
      },
      async pull(controller) {
        try {
          const part = await nextPart();
          if (!ended.aborted) controller.enqueue(part);
        } catch (error) {
          // A pause that was cut short: the stream has been closed already.
          if (ended.aborted) return;
          over.abort();
          throw error;
        }
      },
      cancel() {
        over.abort();
        left.abort();
      },
    },
    WITHOUT_QUEUE,
  );
}

function partOf(jpeg: Uint8Array): Uint8Array {
  const head = `--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.byteLength}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), jpeg, Buffer.from("\r\n", "latin1")]);
}
