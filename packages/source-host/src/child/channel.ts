import { Socket } from "node:net";

import { WIRE } from "../wire/bounds.ts";
import { type Frame, FrameReader, writeFrame } from "../wire/frames.ts";
import type { ToChild } from "../wire/to-child.ts";
import type { ToHost } from "../wire/to-host.ts";

const HOST_FD = 3;
const MAX_TEXT = 16 * WIRE.maxText;

/** The child's end of the pipe to the host. The process ends with it: a source never outlives its host. */
export class Channel {
  readonly #socket = new Socket({ fd: HOST_FD, readable: true, writable: true });
  readonly #reader = new FrameReader({ maxText: MAX_TEXT, maxBody: WIRE.maxAnswerBody });

  listen(hear: (message: ToChild, body: Buffer) => void): void {
    const end = (): never => process.exit();
    this.#socket.on("close", end).on("end", end).on("error", end);
    this.#socket.on("data", (chunk: Buffer) => {
      for (const frame of this.#reader.push(chunk)) hear(messageOf(frame), frame.body);
    });
  }

  send(message: ToHost, body: Uint8Array | null = null): void {
    this.sendText(JSON.stringify(message), body);
  }

  /** A message that is JSON already. */
  sendText(text: string, body: Uint8Array | null = null): void {
    this.#socket.cork();
    for (const piece of writeFrame(text, body)) this.#socket.write(piece);
    this.#socket.uncork();
  }
}

/** The host is believed: it started this process, and nobody else holds the other end. */
function messageOf({ text }: Frame): ToChild {
  return JSON.parse(text) as ToChild;
}
