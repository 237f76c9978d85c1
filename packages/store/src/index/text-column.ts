import { type Parts, within } from "../snapshot/parts.ts";
import { Column } from "./column.ts";
import { TextArena } from "./text-arena.ts";
import { compareWords, lowerCaseWord, orderedWord } from "./text-words.ts";

/*
 * A block is a header word, the text's bytes (UTF-8) and, if it has one of its own, its key's bytes; both padded with
 * zeros to whole words, so that they are compared word by word.
 */
const LENGTH_MASK = 0xffff;
const IS_ASCII = 0x1_0000;
const HAS_KEY = 0x2_0000;
const KEY_SHIFT = 24;
const MAX_KEY_BYTES = 0xff;
const WORD_BYTES = 4;
const WORD_SHIFT = 2;

/** A text for each slot, and what texts are ordered by: bytes of a key, or of the text itself. */
export class TextColumn {
  readonly #blocks = new Column(Uint32Array);
  readonly #arena = new TextArena();
  readonly #lowerCases: boolean;
  /** While keys are held: the former blocks of slots that were set meanwhile. */
  #held: Map<number, number> | null = null;

  /** `lowerCases`: a text without a key of its own is ordered with A to Z in lower case. */
  constructor({ lowerCases }: { lowerCases: boolean }) {
    this.#lowerCases = lowerCases;
  }

  /** Not while keys are held. */
  async transfer(parts: Parts): Promise<void> {
    await this.#blocks.transfer(parts, "blocks");
    await this.#arena.transfer(within(parts, "arena"));
  }

  /**
   * `key` null: the text itself is its key.
   * @throws RangeError when the text has more than 65,535 bytes, or the key more than 255.
   */
  set(slot: number, text: string, key: string | null): void {
    const textBytes = Buffer.byteLength(text);
    const keyBytes = key === null ? 0 : Buffer.byteLength(key);
    if (textBytes > LENGTH_MASK || keyBytes > MAX_KEY_BYTES)
      throw new RangeError(`a text of ${textBytes} bytes is too long for the index`);
    this.#leave(slot);
    const block = this.#arena.allocate(1 + wordsFor(textBytes) + wordsFor(keyBytes));
    const { words, bytes } = this.#arena.pageOf(block);
    const at = this.#arena.offsetOf(block);
    const isAscii = textBytes === text.length ? IS_ASCII : 0;
    words[at] = textBytes | isAscii | (key === null ? 0 : HAS_KEY) | (keyBytes << KEY_SHIFT);
    write(words, bytes, at + 1, text, textBytes);
    if (key !== null) write(words, bytes, at + 1 + wordsFor(textBytes), key, keyBytes);
    this.#blocks.set(slot, block);
  }

  at(slot: number): string {
    const block = this.#blocks.at(slot);
    if (block === 0) return "";
    const { words, bytes } = this.#arena.pageOf(block);
    const at = this.#arena.offsetOf(block);
    const header = words[at] ?? 0;
    const from = (at + 1) * WORD_BYTES;
    return bytes.toString((header & IS_ASCII) === 0 ? "utf8" : "latin1", from, from + (header & LENGTH_MASK));
  }

  equals(slot: number, text: string): boolean {
    const block = this.#blocks.at(slot);
    if (block === 0) return false;
    const { words, bytes } = this.#arena.pageOf(block);
    const at = this.#arena.offsetOf(block);
    const header = words[at] ?? 0;
    if ((header & IS_ASCII) === 0) return this.at(slot) === text;
    if ((header & LENGTH_MASK) !== text.length) return false;
    const from = (at + 1) * WORD_BYTES;
    for (let nth = 0; nth < text.length; nth += 1) if (bytes[from + nth] !== text.charCodeAt(nth)) return false;
    return true;
  }

  /** Until `releaseKeys`, every slot keeps the key it has now, whatever is set. */
  holdKeys(): void {
    this.#held = new Map();
  }

  releaseKeys(): void {
    const held = this.#held;
    this.#held = null;
    for (const block of held?.values() ?? []) this.#free(block);
  }

  /** How many words the slot's key has. */
  keyLengthAt(slot: number): number {
    const block = this.#keyBlockOf(slot);
    return keyWords(this.#arena.pageOf(block).words[this.#arena.offsetOf(block)] ?? 0);
  }

  /** The nth word of the slot's key, first byte highest; 0 past its end. */
  keyWordAt(slot: number, nth: number): number {
    const block = this.#keyBlockOf(slot);
    const { words } = this.#arena.pageOf(block);
    const at = this.#arena.offsetOf(block);
    const header = words[at] ?? 0;
    if (nth >= keyWords(header)) return 0;
    return this.#ordered(words[at + keyOffset(header) + nth] ?? 0, header);
  }

  /** Negative, 0 or positive: by code point, which is the order of UTF-8 bytes. */
  compareKeys(a: number, b: number): number {
    const blockA = this.#keyBlockOf(a);
    const blockB = this.#keyBlockOf(b);
    const { words: wordsA } = this.#arena.pageOf(blockA);
    const { words: wordsB } = this.#arena.pageOf(blockB);
    let atA = this.#arena.offsetOf(blockA);
    let atB = this.#arena.offsetOf(blockB);
    const headerA = wordsA[atA] ?? 0;
    const headerB = wordsB[atB] ?? 0;
    const length = Math.min(keyWords(headerA), keyWords(headerB));
    const isSameCase = ((headerA ^ headerB) & HAS_KEY) === 0;
    atA += keyOffset(headerA);
    atB += keyOffset(headerB);
    for (let nth = 0; nth < length; nth += 1) {
      const wordA = wordsA[atA + nth] ?? 0;
      const wordB = wordsB[atB + nth] ?? 0;
      if (wordA === wordB && isSameCase) continue;
      const order = compareWords(this.#ordered(wordA, headerA), this.#ordered(wordB, headerB));
      if (order !== 0) return order;
    }
    return keyWords(headerA) - keyWords(headerB);
  }

  /** As `compareKeys`, with a key as `keyOfText` gives it. */
  compareKeyWith(slot: number, key: Uint32Array): number {
    const length = this.keyLengthAt(slot);
    for (let nth = 0; nth < Math.min(length, key.length); nth += 1) {
      const order = compareWords(this.keyWordAt(slot, nth), key[nth] ?? 0);
      if (order !== 0) return order;
    }
    return length - key.length;
  }

  #ordered(word: number, header: number): number {
    const ordered = orderedWord(word);
    return this.#lowerCases && (header & HAS_KEY) === 0 ? lowerCaseWord(ordered) : ordered;
  }

  #keyBlockOf(slot: number): number {
    const block = this.#held === null || this.#held.size === 0 ? undefined : this.#held.get(slot);
    return block ?? this.#blocks.at(slot);
  }

  /** Lets the slot's block go, if it has one. */
  #leave(slot: number): void {
    const block = this.#blocks.at(slot);
    if (block === 0) return;
    if (this.#held === null || this.#held.has(slot)) this.#free(block);
    else this.#held.set(slot, block);
  }

  #free(block: number): void {
    const header = this.#arena.pageOf(block).words[this.#arena.offsetOf(block)] ?? 0;
    this.#arena.free(block, 1 + wordsFor(header & LENGTH_MASK) + wordsFor(header >>> KEY_SHIFT));
  }
}

function wordsFor(bytes: number): number {
  return (bytes + WORD_BYTES - 1) >>> WORD_SHIFT;
}

function keyWords(header: number): number {
  return wordsFor((header & HAS_KEY) === 0 ? header & LENGTH_MASK : header >>> KEY_SHIFT);
}

/** From the header to the key, in words. */
function keyOffset(header: number): number {
  return (header & HAS_KEY) === 0 ? 1 : 1 + wordsFor(header & LENGTH_MASK);
}

function write(words: Uint32Array, bytes: Buffer, at: number, text: string, length: number): void {
  const from = at * WORD_BYTES;
  // A freed block may hold an old text; its last word must end in zeros.
  if (length > 0) words[at + wordsFor(length) - 1] = 0;
  if (length !== text.length) bytes.write(text, from, length, "utf8");
  else for (let nth = 0; nth < length; nth += 1) bytes[from + nth] = text.charCodeAt(nth);
}
