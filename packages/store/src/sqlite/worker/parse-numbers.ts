const COMMA = 0x2c;
const ZERO = 0x30;

/**
 * Whole numbers of 32 bits out of `1,22,333`. A hundred thousand of them come out of SQLite in a third less time as one
 * text than one by one.
 */
export function parseNumbers(text: Uint8Array): Uint32Array<ArrayBuffer> {
  if (text.length === 0) return new Uint32Array();
  // A digit and a comma at least.
  const numbers = new Uint32Array((text.length + 1) >>> 1);
  let count = 0;
  let value = 0;
  // Plain, for it runs over megabytes.
  for (let at = 0; at < text.length; at += 1) {
    const code = text[at] ?? COMMA;
    if (code === COMMA) {
      numbers[count] = value;
      count += 1;
      value = 0;
    } else value = value * 10 + code - ZERO;
  }
  numbers[count] = value;
  return numbers.slice(0, count + 1);
}
