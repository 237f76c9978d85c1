import { nameKey } from "../name-key.ts";
import { TextColumn } from "./text-column.ts";

/** No name is longer by the schema; a longer one is cut rather than refused. */
const MAX_CHARACTERS = 20_000;
const PLAIN = /^[ -~]*$/u;

/** Names, ordered by their `nameKey`. */
export function newNameColumn(): TextColumn {
  return new TextColumn({ lowerCases: true });
}

export function setName(names: TextColumn, slot: number, name: string): void {
  const text = name.length > MAX_CHARACTERS ? name.slice(0, MAX_CHARACTERS).toWellFormed() : name;
  names.set(slot, text, ownKey(text));
}

/** The key when it is more than the name in lower case. */
function ownKey(name: string): string | null {
  const key = nameKey(name);
  return key.length === name.length && PLAIN.test(name) ? null : key;
}
