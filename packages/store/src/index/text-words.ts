const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const WORD_BYTES = 4;
const HIGH_BITS = 0x8080_8080;
const LOW_BITS = 0x7f7f_7f7f;
/** Added to seven bits, these set the eighth from "A" on, and after "Z". */
const FROM_A = 0x3f3f_3f3f;
const AFTER_Z = 0x2525_2525;
/** From a byte's high bit to the bit that makes a letter lower case. */
const CASE_SHIFT = 2;

/** Four bytes as they stand in memory, as a number that orders as they do. */
export function orderedWord(word: number): number {
  if (!IS_LITTLE_ENDIAN) return word;
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

/** Four bytes of UTF-8 with the letters A to Z in lower case. */
export function lowerCaseWord(word: number): number {
  const low = word & LOW_BITS;
  const isUpper = (low + FROM_A) & ~(low + AFTER_Z) & ~word & HIGH_BITS;
  return (word | (isUpper >>> CASE_SHIFT)) >>> 0;
}

export function compareWords(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A text's UTF-8 bytes as ordered words, padded with zeros. */
export function wordsOf(text: string): Uint32Array {
  const bytes = Buffer.from(text, "utf8");
  const words = new Uint32Array(Math.ceil(bytes.length / WORD_BYTES));
  bytes.forEach((byte, at) => {
    const word = Math.floor(at / WORD_BYTES);
    words[word] = ((words[word] ?? 0) << 8) | byte;
  });
  const short = words.length * WORD_BYTES - bytes.length;
  if (words.length > 0) words[words.length - 1] = (words.at(-1) ?? 0) << (8 * short);
  return words;
}
