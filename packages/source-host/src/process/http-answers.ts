import type { HttpTransport, TransportRequest } from "@argus/source-sdk/transport";

import { protocolBroken } from "../errors.ts";
import { WIRE } from "../wire/bounds.ts";
import type { ToChild } from "../wire/to-child.ts";
import type { HttpAsked } from "../wire/to-host.ts";
import { toWire } from "../wire/wire-error.ts";

// An answer may be large, and stays in memory until the source's process has taken it.
const ANSWERS_AT_ONCE = 6;

type Send = (message: ToChild, body?: Uint8Array | null) => Promise<void>;

/** Does one source's requests with the host's polite HTTP, a few at a time. */
export class HttpAnswers {
  readonly #transport: HttpTransport;
  readonly #send: Send;
  readonly #waiting: { id: number; request: TransportRequest }[] = [];
  #lastId = 0;
  #active = 0;

  constructor(transport: HttpTransport, send: Send) {
    this.#transport = transport;
    this.#send = send;
  }

  /** @throws ArgusError ARGUS_SOURCE_PROTOCOL when it asks too much, or with an id that was used before. */
  ask(asked: HttpAsked, body: Buffer): void {
    if (asked.id <= this.#lastId) throw protocolBroken(`asked for a page with the forged id ${asked.id}`);
    this.#lastId = asked.id;
    if (this.#active + this.#waiting.length >= WIRE.requestsAtOnce)
      throw protocolBroken(`asked for more than ${WIRE.requestsAtOnce} pages at once, past ctx.http`);
    this.#waiting.push({ id: asked.id, request: requestOf(asked, body) });
    this.#next();
  }

  #next(): void {
    if (this.#active >= ANSWERS_AT_ONCE) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#active += 1;
    void this.#answer(next.id, next.request).finally(() => {
      this.#active -= 1;
      this.#next();
    });
  }

  async #answer(id: number, request: TransportRequest): Promise<void> {
    try {
      const { url, status, headers, body } = await this.#transport.fetch(request);
      await this.#send({ t: "answer", id, url, status, headers }, body);
    } catch (error) {
      await this.#send({ t: "refused", id, error: toWire(error) });
    }
  }
}

function requestOf(asked: HttpAsked, body: Buffer): TransportRequest {
  return {
    url: asked.url,
    method: asked.method,
    headers: asked.headers,
    body: asked.has_body ? body : null,
    robots: asked.robots,
    ...(asked.max_bytes === undefined ? {} : { maxBytes: asked.max_bytes }),
    ...(asked.timeout_ms === undefined ? {} : { timeoutMs: asked.timeout_ms }),
  };
}
