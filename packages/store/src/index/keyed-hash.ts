import { getRandomValues } from "node:crypto";

import type { Parts } from "../snapshot/parts.ts";

const BITS_32 = 0x1_0000_0000;
const INITIAL_2 = 0x6c796765;
const INITIAL_3 = 0x74656462;
const FINALIZE = 0xff;
const FINAL_ROUNDS = 3;

let words = new Uint32Array(256);

/** Hashes of 32 bits under a key that nobody outside knows, so that nobody can choose what falls on one place of a table. */
export class KeyedHash {
  #low: number;
  #high: number;

  constructor() {
    const [low = 0, high = 0] = getRandomValues(new Uint32Array(2));
    this.#low = low;
    this.#high = high;
  }

  transfer(parts: Parts): void {
    this.#low = parts.number("low", this.#low);
    this.#high = parts.number("high", this.#high);
  }

  ofText(text: string): number {
    const count = (text.length + 1) >>> 1;
    if (count >= words.length) words = new Uint32Array(count * 2);
    for (let at = 0; at < count; at += 1) {
      const second = at * 2 + 1 < text.length ? text.charCodeAt(at * 2 + 1) : 0;
      words[at] = text.charCodeAt(at * 2) | (second << 16);
    }
    words[count] = text.length;
    return halfSipHash(words, count + 1, this.#low, this.#high);
  }

  /** Of a number of at most 53 bits, such as hash.ts gives. */
  ofNumber(value: number): number {
    words[0] = value % BITS_32;
    words[1] = value / BITS_32;
    return halfSipHash(words, 2, this.#low, this.#high);
  }
}

/** HalfSipHash-1-3 of 32-bit words (Aumasson and Bernstein; github.com/veorq/SipHash, halfsiphash.c). */
function halfSipHash(message: Uint32Array, count: number, low: number, high: number): number {
  let v0 = low | 0;
  let v1 = high | 0;
  let v2 = INITIAL_2 ^ low;
  let v3 = INITIAL_3 ^ high;
  for (let at = 0; at < count + FINAL_ROUNDS; at += 1) {
    const word = at < count ? (message[at] ?? 0) : 0;
    if (at === count) v2 ^= FINALIZE;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}
