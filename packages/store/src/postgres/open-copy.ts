import { once } from "node:events";
import type { Duplex } from "node:stream";

import pg from "pg";

/** A server that takes nothing for so long is given up, in milliseconds. */
const TIMEOUT_MS = 70_000;
// https://www.postgresql.org/docs/current/protocol-message-formats.html: a letter, the length with itself, the rest.
const COPY_DATA = 0x64;
const COPY_DONE = 0x63;
const LETTER_BYTES = 1;
const LENGTH_BYTES = 4;

/** Where `pg` hands over the connection that waits for rows; its own query would refuse to send any. */
class CopyQuery extends pg.Query {
  readonly #ready: (stream: Duplex) => void;

  constructor(statement: string, ready: (stream: Duplex) => void, ended: (error: Error | null | undefined) => void) {
    super(statement, ended);
    this.#ready = ready;
  }

  handleCopyInResponse({ stream }: pg.Connection): void {
    this.#ready(stream);
  }
}

/** A COPY under way on a connection, which can do nothing else until it has ended. */
export class OpenCopy {
  readonly #ended: Promise<void>;
  /** Where the rows go, once the server waits for them. */
  readonly #stream: Promise<Duplex>;

  /** `statement` is a `copy … from stdin`. */
  constructor(client: pg.ClientBase, statement: string) {
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
    const { promise: stream, resolve: ready } = Promise.withResolvers<Duplex>();
    client.query(new CopyQuery(statement, ready, (error) => (error ? reject(error) : resolve())));
    this.#ended = ended;
    this.#stream = Promise.race([stream, ended.then(() => stream)]);
    // Heard of by whoever writes or ends next; until then its failure is nobody's.
    this.#ended.catch(() => {});
    this.#stream.catch(() => {});
  }

  /** Hands rows over, in COPY's text format; resolves when more may follow. What comes after a failure is dropped. */
  async write(text: string): Promise<void> {
    const stream = await this.#stream;
    if (!stream.write(message(COPY_DATA, text))) await this.#orFailed(once(stream, "drain"));
  }

  /** Resolves when the server has taken all rows. */
  async end(): Promise<void> {
    const stream = await this.#stream;
    stream.write(message(COPY_DONE, ""));
    await this.#orFailed(this.#ended);
  }

  async #orFailed(wanted: Promise<unknown>): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error("Query read timeout")), TIMEOUT_MS);
    try {
      await Promise.race([wanted, late, this.#ended]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function message(letter: number, text: string): Buffer {
  const length = LENGTH_BYTES + Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafe(LETTER_BYTES + length);
  bytes.writeUInt8(letter);
  bytes.writeUInt32BE(length, LETTER_BYTES);
  bytes.write(text, LETTER_BYTES + LENGTH_BYTES);
  return bytes;
}
