import type { ListedCamera } from "@argus/core";

import { isStorableText, LISTED_KEYS, storableListing } from "./camera-record.ts";
import { imageKey } from "./image-key.ts";

// The two lanes and their mixing are those of cyrb53 (public domain), fed with words instead of characters.
const SEED_HIGH = 0xdeadbeef;
const SEED_LOW = 0x41c6ce57;
const MIX_HIGH = 2654435761;
const MIX_LOW = 1597334677;
const FINAL_A = 2246822507;
const FINAL_B = 3266489909;
const BITS_32 = 0x1_0000_0000;
const HIGH_20_BITS = 0xf_ffff;
/** Between two fields and two tags, so that moving a character from one to the next is a change. */
const FIELD_END = "\x1f";
const TAG_END = "\x1d";
const NULL_FIELD = "\x1e";
const WORD_BYTES = 4;
/** UTF-8 takes at most three bytes for a UTF-16 code unit. */
const MOST_BYTES = 3;

/** Texts are hashed as bytes here: reading a string character by character takes several times as long. */
let words = new Uint32Array(16_384);
let bytes = Buffer.from(words.buffer);

/** A text's UTF-8 as a whole number of 52 bits, which doubles, SQLite and PostgreSQL's bigint all hold exactly. */
function textHash(text: string): number {
  if (text.length * MOST_BYTES > bytes.length) makeRoom(text.length * MOST_BYTES);
  const length = bytes.write(text, 0, "utf8");
  const count = (length + WORD_BYTES - 1) >>> 2;
  for (let at = length; at < count * WORD_BYTES; at += 1) bytes[at] = 0;
  let high = SEED_HIGH ^ length;
  let low = SEED_LOW ^ length;
  // Plain and indexed: it runs over every text of every scrape.
  for (let at = 0; at < count; at += 1) {
    const word = words[at] ?? 0;
    high = Math.imul(high ^ word, MIX_HIGH);
    low = Math.imul(low ^ word, MIX_LOW);
    high = (high << 13) | (high >>> 19);
    low = (low << 15) | (low >>> 17);
  }
  return mixed(high, low);
}

function mixed(high: number, low: number): number {
  const upper = Math.imul(high ^ (high >>> 16), FINAL_A) ^ Math.imul(low ^ (low >>> 13), FINAL_B);
  const lower = Math.imul(low ^ (low >>> 16), FINAL_A) ^ Math.imul(upper ^ (upper >>> 13), FINAL_B);
  return (upper & HIGH_20_BITS) * BITS_32 + (lower >>> 0);
}

function makeRoom(length: number): void {
  words = new Uint32Array(Math.ceil(length / WORD_BYTES));
  bytes = Buffer.from(words.buffer);
}

/**
 * What a source tells about a camera, as one number of 52 bits: equal numbers mean that nothing has changed. Kept with
 * each row, so what goes in and how is part of the schema.
 */
export function listingHash(listed: ListedCamera): number {
  return textHash(listingText(listed));
}

/** The listing as every database can hold it, with its hash. */
export function hashedListing(listed: ListedCamera): { listed: ListedCamera; listing_hash: number } {
  const text = listingText(listed);
  // One look at the whole is several times cheaper than one at each field.
  if (isStorableText(text)) return { listed, listing_hash: textHash(text) };
  const storable = storableListing(listed);
  return { listed: storable, listing_hash: listingHash(storable) };
}

function listingText(listed: ListedCamera): string {
  let text = "";
  for (const key of LISTED_KEYS) {
    const value = listed[key];
    text += value === null ? NULL_FIELD : typeof value === "object" ? value.join(TAG_END) + TAG_END : value;
    text += FIELD_END;
  }
  return text;
}

/** One for all URLs of the same picture (image-key.ts); what is unknown has none. Kept with each row like the other. */
export function urlHash(url: string): number;
export function urlHash(url: string | null): number | null;
export function urlHash(url: string | null): number | null {
  return url === null ? null : textHash(imageKey(url));
}
