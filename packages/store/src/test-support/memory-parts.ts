import type { Kind, Parts, Values } from "../snapshot/parts.ts";

/** Parts as a file would keep them: nothing is shared with what they were taken from. */
export class MemoryParts {
  readonly #kept = new Map<string, number | ArrayBuffer>();

  writing(): Parts {
    return {
      isRead: false,
      number: (name, value) => {
        this.#keep(name, value);
        return value;
      },
      array: async (name, array) => {
        this.#keep(name, bytesOf([array]));
        return array;
      },
      arrays: async (name, arrays) => {
        this.#keep(name, bytesOf(arrays));
        return [...arrays];
      },
    };
  }

  reading(): Parts {
    return {
      isRead: true,
      number: (name) => this.#kept.get(name) as number,
      array: async (name, _array, kind) => {
        const buffer = (this.#kept.get(name) as ArrayBuffer).slice();
        return new kind(buffer, 0, buffer.byteLength / kind.BYTES_PER_ELEMENT);
      },
      arrays: async <Of extends Values>(name: string, _arrays: readonly Of[], kind: Kind<Of>, length: number) => {
        const buffer = (this.#kept.get(name) as ArrayBuffer).slice();
        const bytes = length * kind.BYTES_PER_ELEMENT;
        return Array.from({ length: buffer.byteLength / bytes }, (_, nth) => new kind(buffer, nth * bytes, length));
      },
    };
  }

  #keep(name: string, part: number | ArrayBuffer): void {
    if (this.#kept.has(name)) throw new Error(`two parts are called ${name}`);
    this.#kept.set(name, part);
  }
}

function bytesOf(arrays: readonly Values[]): ArrayBuffer {
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes.buffer;
}
