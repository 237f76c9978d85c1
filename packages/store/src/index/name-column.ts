import { nameKey } from "../name-key.ts";
import { TextColumn } from "./text-column.ts";

/** No name is longer by the schema; a longer one is cut rather than refused. */
const MAX_CHARACTERS = 20_000;
/** Nothing but ASCII and Han characters: `fold` only puts A to Z into lower case. */
const PLAIN = /^[ -~\u4e00-\u9fff]*$/u;
/** Shorter plain names are their own key as a whole; see name-key.ts. */
const NEVER_CUT = 24;
const UPPER_A = 65;
const UPPER_Z = 90;
const TO_LOWER = 32;

/** Names, ordered by their `nameKey`. */
export function newNameColumn(): TextColumn {
  return new TextColumn({ lowerCases: true });
}

export function setName(names: TextColumn, slot: number, name: string): void {
  const text = name.length > MAX_CHARACTERS ? name.slice(0, MAX_CHARACTERS).toWellFormed() : name;
  names.set(slot, text, ownKey(text));
}

/** The key, unless it is the name with A to Z in lower case: most scripts know no more than that. */
function ownKey(name: string): string | null {
  if (PLAIN.test(name) && name.length <= NEVER_CUT) return null;
  const key = nameKey(name);
  return isLowerCaseOf(key, name) ? null : key;
}

function isLowerCaseOf(key: string, name: string): boolean {
  if (key.length !== name.length) return false;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    const isUpper = code >= UPPER_A && code <= UPPER_Z;
    if (key.charCodeAt(at) !== (isUpper ? code + TO_LOWER : code)) return false;
  }
  return true;
}
