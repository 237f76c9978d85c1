import type { ListedCamera } from "@argus/core";

import { LISTED_KEYS } from "./camera-record.ts";

// The two lanes and their mixing: cyrb53 (public domain); good spread over short texts, and no Buffer in between.
const SEED_HIGH = 0xdeadbeef;
const SEED_LOW = 0x41c6ce57;
const MIX_HIGH = 2654435761;
const MIX_LOW = 1597334677;
const FINAL_A = 2246822507;
const FINAL_B = 3266489909;
const BITS_32 = 0x1_0000_0000;
const HIGH_20_BITS = 0xf_ffff;
/** Between two fields, so that moving a character from one to the next is a change. */
const FIELD_END = 0x1f;
const NULL_FIELD = 0x1e;

/** A running hash of texts; never to be kept across texts that do not belong together. */
class Hash {
  #high = SEED_HIGH;
  #low = SEED_LOW;

  addText(text: string): void {
    let high = this.#high;
    let low = this.#low;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, MIX_HIGH);
      low = Math.imul(low ^ code, MIX_LOW);
    }
    this.#high = high;
    this.#low = low;
  }

  addCode(code: number): void {
    this.#high = Math.imul(this.#high ^ code, MIX_HIGH);
    this.#low = Math.imul(this.#low ^ code, MIX_LOW);
  }

  /** A whole number of 52 bits, which doubles, SQLite and PostgreSQL's bigint all hold exactly. */
  get value(): number {
    const high =
      Math.imul(this.#high ^ (this.#high >>> 16), FINAL_A) ^ Math.imul(this.#low ^ (this.#low >>> 13), FINAL_B);
    const low =
      Math.imul(this.#low ^ (this.#low >>> 16), FINAL_A) ^ Math.imul(this.#high ^ (this.#high >>> 13), FINAL_B);
    return (high & HIGH_20_BITS) * BITS_32 + (low >>> 0);
  }
}

/**
 * What a source tells about a camera, as one number of 52 bits: equal numbers mean that nothing has changed. Kept with
 * each row, so what goes in and how is part of the schema.
 */
export function listingHash(listed: ListedCamera): number {
  const hash = new Hash();
  for (const key of LISTED_KEYS) {
    const value = listed[key];
    if (value === null) hash.addCode(NULL_FIELD);
    else if (typeof value === "string") hash.addText(value);
    else if (typeof value === "number") hash.addText(String(value));
    else for (const tag of value) hashTag(hash, tag);
    hash.addCode(FIELD_END);
  }
  return hash.value;
}

function hashTag(hash: Hash, tag: string): void {
  hash.addText(tag);
  hash.addCode(FIELD_END);
}

/** A text as one number of 52 bits. */
export function textHash(text: string): number {
  const hash = new Hash();
  hash.addText(text);
  return hash.value;
}

/** Nullable texts: what is unknown has no hash. */
export function urlHash(url: string | null): number | null {
  return url === null ? null : textHash(url);
}
