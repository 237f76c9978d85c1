import type { Kind, Parts } from "../snapshot/parts.ts";

const CHUNK_SHIFT = 14;
/** How many slots one chunk holds. */
export const CHUNK_SIZE: number = 1 << CHUNK_SHIFT;
const CHUNK_MASK = CHUNK_SIZE - 1;

type Values = Float64Array | Uint32Array | Uint8Array;

/** A number for each slot, 0 where none was set. Grows chunk by chunk, so that no growth copies what is there. */
export class Column<Chunk extends Values> {
  /** Chunk n holds the slots from n times CHUNK_SIZE; for passes over all of them. */
  readonly chunks: Chunk[] = [];
  readonly #kind: Kind<Chunk>;

  constructor(kind: Kind<Chunk>) {
    this.#kind = kind;
  }

  at(slot: number): number {
    return this.chunks[slot >>> CHUNK_SHIFT]?.[slot & CHUNK_MASK] ?? 0;
  }

  set(slot: number, value: number): void {
    const chunk = this.chunks[slot >>> CHUNK_SHIFT] ?? this.#extendTo(slot >>> CHUNK_SHIFT);
    chunk[slot & CHUNK_MASK] = value;
  }

  async transfer(parts: Parts, name: string): Promise<void> {
    const chunks = await parts.arrays(name, this.chunks, this.#kind, CHUNK_SIZE);
    if (parts.isRead) this.chunks.push(...chunks);
  }

  #extendTo(last: number): Chunk {
    let chunk = new this.#kind(CHUNK_SIZE);
    this.chunks.push(chunk);
    while (this.chunks.length <= last) {
      chunk = new this.#kind(CHUNK_SIZE);
      this.chunks.push(chunk);
    }
    return chunk;
  }
}
