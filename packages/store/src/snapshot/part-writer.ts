import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";

import { HEAD_BYTES, type Header, type Section, writeHead } from "./file-head.ts";
import type { Kind, Parts, Values } from "./parts.ts";

/** Bytes handed to the system at once: some milliseconds. */
const PORTION = 1 << 22;
/** Arrays handed to the system at once; it takes at most 1024. */
const MAX_ARRAYS = 512;
/** Bytes after which they are put on the disk, so that no wait for it is a long one. */
const SYNC_BYTES = 1 << 25;

/** Writes parts to a file from where they are in memory, one after the other. */
export class PartWriter implements Parts {
  readonly isRead = false;
  readonly #file: FileHandle;
  readonly #signal: AbortSignal;
  readonly #numbers: Record<string, number> = {};
  readonly #sections: Section[] = [];
  #at: number = HEAD_BYTES;
  #synced = 0;

  /** `file` is empty. */
  constructor(file: FileHandle, signal: AbortSignal) {
    this.#file = file;
    this.#signal = signal;
  }

  number(name: string, value: number): number {
    this.#numbers[name] = value;
    return value;
  }

  async array<Of extends Values>(name: string, array: Of): Promise<Of> {
    await this.#write(name, [array]);
    return array;
  }

  async arrays<Of extends Values>(name: string, arrays: readonly Of[], _kind: Kind<Of>, length: number): Promise<Of[]> {
    if (arrays.some((array) => array.length !== length)) throw new RangeError(`${name} has arrays of other lengths`);
    await this.#write(name, arrays);
    return [...arrays];
  }

  /** Completes the file and puts it on the disk; returns its length. */
  async end(header: Omit<Header, "numbers" | "sections">): Promise<number> {
    await writeHead(this.#file, { ...header, numbers: this.#numbers, sections: this.#sections }, this.#at);
    await this.#file.sync();
    return (await this.#file.stat()).size;
  }

  async #write(name: string, arrays: readonly Values[]): Promise<void> {
    const begin = this.#at;
    let crc = 0;
    for (const portion of portionsOf(arrays)) {
      this.#signal.throwIfAborted();
      for (const bytes of portion) crc = crc32(bytes, crc);
      await this.#append(portion);
    }
    this.#sections.push({ name, bytes: this.#at - begin, crc });
  }

  async #append(portion: readonly Uint8Array[]): Promise<void> {
    const length = portion.reduce((sum, bytes) => sum + bytes.length, 0);
    const { bytesWritten } = await this.#file.writev(portion, this.#at);
    if (bytesWritten !== length) throw new Error(`only ${bytesWritten} of ${length} bytes could be written`);
    this.#at += length;
    if (this.#at - this.#synced < SYNC_BYTES) return;
    await this.#file.datasync();
    this.#synced = this.#at;
  }
}

/** The bytes of arrays, in order: few and short enough to be handed over at once. */
function* portionsOf(arrays: readonly Values[]): Generator<Uint8Array[], void> {
  let portion: Uint8Array[] = [];
  let length = 0;
  for (const bytes of piecesOf(arrays)) {
    if (length + bytes.length > PORTION || portion.length === MAX_ARRAYS) {
      yield portion;
      portion = [];
      length = 0;
    }
    portion.push(bytes);
    length += bytes.length;
  }
  if (portion.length > 0) yield portion;
}

function* piecesOf(arrays: readonly Values[]): Generator<Uint8Array, void> {
  for (const { buffer, byteOffset, byteLength } of arrays)
    for (let from = 0; from < byteLength; from += PORTION)
      yield new Uint8Array(buffer, byteOffset + from, Math.min(PORTION, byteLength - from));
}
