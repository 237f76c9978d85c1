import type { Log } from "@argus/core";
import type { OriginHandler, ServedOrigin } from "@argus/source-sdk";

import { describeFault } from "./bounded-text.ts";
import type { ReadySource } from "./run-settings.ts";

// Names that never resolve (RFC 2606): a source must not answer for a host that is somebody's.
const RESERVED_HOST = /^(?:[a-z0-9-]+\.)+(?:invalid|test|example)$/u;

/** The origins that sources bring along: opened when they are first asked for, and closed together. */
export class Origins implements AsyncDisposable {
  readonly #sources: () => readonly ReadySource[];
  readonly #log: Log;
  readonly #served: ServedOrigin[] = [];
  readonly #closing = new Set<Promise<void>>();
  #isClosed = false;
  #handlers: Map<string, OriginHandler> | null = null;

  constructor(sources: () => readonly ReadySource[], log: Log) {
    this.#sources = sources;
    this.#log = log;
  }

  /** By host. Empty once closed. */
  handlers(): ReadonlyMap<string, OriginHandler> {
    if (this.#handlers === null) {
      this.#handlers = new Map();
      for (const ready of this.#sources()) this.#open(ready, this.#handlers);
    }
    return this.#handlers;
  }

  /** The next call opens them anew, with the options as they are then. */
  reopen(): void {
    if (this.#isClosed) return;
    this.#handlers = null;
    for (const served of this.#served.splice(0)) {
      const closing = this.#close(served).finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#handlers?.clear();
    this.#handlers ??= new Map();
    await Promise.all([...this.#served.splice(0).map((served) => this.#close(served)), ...this.#closing]);
  }

  #open({ source, options }: ReadySource, handlers: Map<string, OriginHandler>): void {
    if (source.openOrigin === undefined) return;
    try {
      const served = source.openOrigin(options);
      this.#served.push(served);
      const { host } = served;
      if (!RESERVED_HOST.test(host))
        throw new Error(`its host must end with .invalid, .test or .example, and is ${host}`);
      if (handlers.has(host)) throw new Error(`another source answers for ${host} already`);
      handlers.set(host, (request) => served.handle(request));
    } catch (error) {
      this.#log.warn(`its origin is not served: ${describeFault(error)}`, { source: source.id });
    }
  }

  async #close(served: ServedOrigin): Promise<void> {
    try {
      await served[Symbol.asyncDispose]();
    } catch (error) {
      this.#log.warn(`an origin did not close: ${describeFault(error)}`);
    }
  }
}
