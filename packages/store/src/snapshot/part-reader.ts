import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";

import { HEAD_BYTES, type Header, readInto, type Section } from "./file-head.ts";
import type { Kind, Parts, Values } from "./parts.ts";
import { SnapshotUnusable } from "./snapshot-unusable.ts";

/** Bytes read, and checked, at once: a few milliseconds. */
const PORTION = 1 << 22;

/** Reads parts from a file; arrays are views of what was read. */
export class PartReader implements Parts {
  readonly isRead = true;
  readonly #file: FileHandle;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #sections = new Map<string, Section & { at: number }>();

  /** The header's sections fill the file, as `readHeader` makes sure of. */
  constructor(file: FileHandle, { numbers, sections }: Header) {
    this.#file = file;
    this.#numbers = new Map(Object.entries(numbers));
    let at = HEAD_BYTES;
    for (const section of sections) {
      this.#sections.set(section.name, { ...section, at });
      at += section.bytes;
    }
  }

  number(name: string): number {
    const value = this.#numbers.get(name);
    if (value === undefined) throw new SnapshotUnusable(`it has no ${name}`);
    return value;
  }

  async array<Of extends Values>(name: string, _array: Of, kind: Kind<Of>): Promise<Of> {
    const buffer = await this.#read(name, kind.BYTES_PER_ELEMENT);
    return new kind(buffer, 0, buffer.byteLength / kind.BYTES_PER_ELEMENT);
  }

  async arrays<Of extends Values>(name: string, _arrays: readonly Of[], kind: Kind<Of>, length: number): Promise<Of[]> {
    const bytes = length * kind.BYTES_PER_ELEMENT;
    const buffer = await this.#read(name, bytes);
    return Array.from({ length: buffer.byteLength / bytes }, (_, nth) => new kind(buffer, nth * bytes, length));
  }

  /** All of a section, which consists of units of so many bytes. */
  async #read(name: string, unit: number): Promise<ArrayBuffer> {
    const section = this.#sections.get(name);
    if (section === undefined) throw new SnapshotUnusable(`it has no ${name}`);
    if (section.bytes % unit !== 0) throw new SnapshotUnusable(`its ${name} are not whole`);
    const buffer = new ArrayBuffer(section.bytes);
    let crc = 0;
    let reading = this.#portion(buffer, section.at, 0);
    for (let from = 0; from < section.bytes; from += PORTION) {
      const portion = await reading;
      // The next is read while this one is checked.
      reading = this.#portion(buffer, section.at, from + PORTION);
      // Waited for in the next round; until then its failure is nobody's.
      reading.catch(() => {});
      crc = crc32(portion, crc);
    }
    await reading;
    if (crc !== section.crc) throw new SnapshotUnusable(`its ${name} are damaged`);
    return buffer;
  }

  async #portion(buffer: ArrayBuffer, at: number, from: number): Promise<Uint8Array> {
    const begin = Math.min(from, buffer.byteLength);
    const bytes = new Uint8Array(buffer, begin, Math.min(PORTION, buffer.byteLength - begin));
    await readInto(this.#file, bytes, at + begin);
    return bytes;
  }
}
