import { once } from "node:events";
import { finished } from "node:stream/promises";

import type pg from "pg";
import { type CopyStreamQuery, from as copyFrom } from "pg-copy-streams";

/** A server that takes nothing for so long is given up. */
const TIMEOUT_MS = 70_000;
/** Characters on their way at once. */
const BUFFERED = 1 << 20;

/** A COPY under way on a connection, which can do nothing else until it has ended. */
export class OpenCopy {
  readonly #stream: CopyStreamQuery;
  readonly #finished: Promise<void>;

  /** `statement` is a `copy … from stdin`. */
  constructor(client: pg.ClientBase, statement: string) {
    this.#stream = client.query(copyFrom(statement, { highWaterMark: BUFFERED, decodeStrings: true }));
    this.#finished = finished(this.#stream);
    // Heard of by whoever writes or ends next; until then its failure is nobody's.
    this.#finished.catch(() => {});
  }

  /** Hands rows over, in COPY's text format; resolves when more may follow. */
  async write(text: string): Promise<void> {
    if (this.#stream.write(text)) return;
    await Promise.race([once(this.#stream, "drain", { signal: AbortSignal.timeout(TIMEOUT_MS) }), this.#finished]);
  }

  /** Resolves when the server has taken all rows. */
  async end(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  }
}
