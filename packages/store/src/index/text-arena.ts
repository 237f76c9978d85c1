import type { Parts } from "../snapshot/parts.ts";

const PAGE_SHIFT = 18;
/** Words of 4 bytes: a page is 1 MiB. */
const PAGE_WORDS = 1 << PAGE_SHIFT;
const PAGE_MASK = PAGE_WORDS - 1;

/** One page seen as words and as bytes. */
export type Page = { readonly words: Uint32Array; readonly bytes: Buffer };

/**
 * Blocks of words in pages that stay where they are. A block is known by one number; 0 is none. What is freed serves
 * the next block of its length.
 */
export class TextArena {
  readonly #pages: Page[] = [];
  /** By their length in words. */
  readonly #free = new Map<number, number[]>();
  /** The first word was never handed out, so that no block is 0. */
  #used = 1;

  async transfer(parts: Parts): Promise<void> {
    this.#used = parts.number("used", this.#used);
    const words = this.#pages.map((page) => page.words);
    const pages = await parts.arrays("pages", words, Uint32Array, PAGE_WORDS);
    const freed = await parts.array("free", this.#listFree(), Uint32Array);
    if (!parts.isRead) return;
    this.#pages.push(...pages.map(pageOf));
    this.#takeFree(freed);
  }

  /** Length, number of blocks and the blocks; and so on. */
  #listFree(): Uint32Array {
    const lists = [...this.#free];
    const listed = new Uint32Array(lists.reduce((sum, [, blocks]) => sum + 2 + blocks.length, 0));
    let at = 0;
    for (const [words, blocks] of lists) {
      listed.set([words, blocks.length], at);
      listed.set(blocks, at + 2);
      at += 2 + blocks.length;
    }
    return listed;
  }

  #takeFree(listed: Uint32Array): void {
    for (let at = 0; at < listed.length;) {
      const [words = 0, count = 0] = listed.subarray(at, at + 2);
      this.#free.set(words, Array.from(listed.subarray(at + 2, at + 2 + count)));
      at += 2 + count;
    }
  }

  /** @throws RangeError when the block is longer than a page. */
  allocate(words: number): number {
    const freed = this.#free.get(words)?.pop();
    if (freed !== undefined) return freed;
    if (words >= PAGE_WORDS) throw new RangeError(`a text of ${words * 4} bytes does not fit into the index`);
    if ((this.#used & PAGE_MASK) + words > PAGE_WORDS) this.#used = this.#pages.length * PAGE_WORDS;
    const block = this.#used;
    this.#used += words;
    if (block >>> PAGE_SHIFT >= this.#pages.length) this.#pages.push(pageOf(new Uint32Array(PAGE_WORDS)));
    return block;
  }

  free(block: number, words: number): void {
    const freed = this.#free.get(words);
    if (freed === undefined) this.#free.set(words, [block]);
    else freed.push(block);
  }

  pageOf(block: number): Page {
    return this.#pages[block >>> PAGE_SHIFT] ?? noPage();
  }

  /** Where the block begins in its page, in words. */
  offsetOf(block: number): number {
    return block & PAGE_MASK;
  }
}

function pageOf(words: Uint32Array): Page {
  return { words, bytes: Buffer.from(words.buffer, words.byteOffset, words.byteLength) };
}

function noPage(): never {
  throw new RangeError("no such text in the index");
}
