import type { CachedAnswer, HttpCache } from "@argus/source-sdk/host";

const MIB = 1024 * 1024;
/** What all answers that are kept of one source may take, in bytes. */
const MAX_SOURCE_BYTES = 16 * MIB;
/** What those of all sources may take together. */
const MAX_BYTES = 64 * MIB;
/** What an answer takes besides its body; it also bounds how many small ones there are. */
const ENTRY_BYTES = 1024;

type HttpCachesLimits = { sourceBytes?: number; bytes?: number };

type Entry = { sourceId: string; answer: CachedAnswer; bytes: number };

/**
 * The answers that origins need not send again while they have not changed: kept in memory from one run of a source to
 * the next, each source's apart from the others'. What was not used for longest goes first.
 */
export class HttpCaches {
  readonly #sourceBytes: number;
  readonly #bytes: number;
  // In the order of use.
  readonly #entries = new Map<string, Entry>();
  readonly #used = new Map<string, number>();
  #usedByAll = 0;

  constructor({ sourceBytes = MAX_SOURCE_BYTES, bytes = MAX_BYTES }: HttpCachesLimits = {}) {
    this.#sourceBytes = sourceBytes;
    this.#bytes = bytes;
  }

  /** One source's part. */
  of(sourceId: string): HttpCache {
    // A source's id holds no space.
    const nameOf = (key: string): string => `${sourceId} ${key}`;
    return {
      get: (key) => this.#get(nameOf(key)),
      set: (key, answer) => this.#set(nameOf(key), { sourceId, answer, bytes: sizeOf(answer) }),
    };
  }

  clear(): void {
    this.#entries.clear();
    this.#used.clear();
    this.#usedByAll = 0;
  }

  #get(name: string): CachedAnswer | null {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry.answer;
  }

  #set(name: string, entry: Entry): void {
    this.#drop(name);
    if (entry.bytes > Math.min(this.#sourceBytes, this.#bytes)) return;
    this.#entries.set(name, entry);
    this.#count(entry, entry.bytes);
    this.#makeRoom(entry.sourceId);
  }

  #makeRoom(sourceId: string): void {
    for (const [name, entry] of this.#entries) {
      const isFull = (this.#used.get(sourceId) ?? 0) > this.#sourceBytes;
      if (!isFull && this.#usedByAll <= this.#bytes) return;
      if (!isFull || entry.sourceId === sourceId) this.#drop(name);
    }
  }

  #drop(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    this.#count(entry, -entry.bytes);
  }

  #count({ sourceId }: Entry, bytes: number): void {
    this.#usedByAll += bytes;
    const used = (this.#used.get(sourceId) ?? 0) + bytes;
    if (used > 0) this.#used.set(sourceId, used);
    else this.#used.delete(sourceId);
  }
}

function sizeOf({ body, etag, last_modified, content_type }: CachedAnswer): number {
  const marks = [etag, last_modified, content_type].reduce((sum, mark) => sum + (mark?.length ?? 0), 0);
  return body.byteLength + marks + ENTRY_BYTES;
}
