import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

import { protocolBroken } from "../errors.ts";

const MAX_BYTES = 1024 * 1024;
const MAX_LINE = 1000;
const KEPT = 16_000;

export type OutputOptions = {
  name: "stdout" | "stderr";
  line: (text: string) => void;
  /** Called once, when it has written more than anybody reads. */
  flooded: (error: unknown) => void;
};

/** What a source prints: told line by line, and no more than a megabyte of it. */
export class Output {
  readonly #options: OutputOptions;
  readonly #decoder = new StringDecoder("utf8");
  #bytes = 0;
  #line = "";
  #last = "";

  constructor(stream: Readable, options: OutputOptions) {
    this.#options = options;
    stream.on("data", (chunk: Buffer) => this.#take(chunk));
    stream.on("end", () => this.#endLine());
    stream.on("error", () => undefined);
  }

  /** The end of what it wrote. */
  get last(): string {
    return this.#last;
  }

  #take(chunk: Buffer): void {
    const before = this.#bytes;
    this.#bytes += chunk.byteLength;
    if (before > MAX_BYTES) return;
    if (this.#bytes > MAX_BYTES)
      return this.#options.flooded(
        protocolBroken(`wrote more than ${MAX_BYTES} bytes to ${this.#options.name}, where ctx.log is meant for that`),
      );
    const text = this.#decoder.write(chunk);
    this.#last = (this.#last + text).slice(-KEPT);
    const [first = "", ...rest] = text.split("\n");
    this.#line = (this.#line + first).slice(0, MAX_LINE);
    for (const line of rest) {
      this.#endLine();
      this.#line = line.slice(0, MAX_LINE);
    }
  }

  #endLine(): void {
    if (this.#line.trim() !== "") this.#options.line(this.#line);
    this.#line = "";
  }
}
