import type { HttpTransport, TransportAnswer, TransportRequest } from "@argus/source-sdk/transport";

import { WIRE } from "../wire/bounds.ts";
import type { ToChild } from "../wire/to-child.ts";
import { fromWire } from "../wire/wire-error.ts";
import type { Channel } from "./channel.ts";

type Waiting = { resolve: (answer: TransportAnswer) => void; reject: (error: unknown) => void };

/** A source's HTTP, done by the host: so many requests at once, the others in line. */
export class AskedOfHost implements HttpTransport {
  readonly #channel: Channel;
  readonly #signal: AbortSignal;
  readonly #waiting = new Map<number, Waiting>();
  readonly #line: (() => void)[] = [];
  #active = 0;
  #lastId = 0;

  constructor(channel: Channel, signal: AbortSignal) {
    this.#channel = channel;
    this.#signal = signal;
    signal.addEventListener("abort", () => {
      for (const { reject } of this.#waiting.values()) reject(signal.reason);
      this.#waiting.clear();
      for (const go of this.#line.splice(0)) go();
    });
  }

  async fetch(request: TransportRequest): Promise<TransportAnswer> {
    this.#signal.throwIfAborted();
    if (this.#active < WIRE.requestsAtOnce) this.#active += 1;
    else await new Promise<void>((go) => void this.#line.push(go));
    this.#signal.throwIfAborted();
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<TransportAnswer>();
    this.#waiting.set(id, { resolve, reject });
    this.#channel.send(
      {
        t: "http",
        id,
        url: request.url,
        method: request.method,
        headers: request.headers,
        has_body: request.body !== null,
        robots: request.robots,
        ...(request.maxBytes === undefined ? {} : { max_bytes: Math.max(0, Math.floor(request.maxBytes)) }),
        ...(request.timeoutMs === undefined ? {} : { timeout_ms: Math.max(0, Math.floor(request.timeoutMs)) }),
      },
      request.body,
    );
    return await promise;
  }

  answered(message: Extract<ToChild, { t: "answer" | "refused" }>, body: Buffer): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    // The place goes straight to the next in line.
    const next = this.#line.shift();
    if (next === undefined) this.#active -= 1;
    else next();
    if (waiting === undefined) return;
    if (message.t === "refused") waiting.reject(fromWire(message.error));
    else waiting.resolve({ url: message.url, status: message.status, headers: message.headers, body });
  }
}
