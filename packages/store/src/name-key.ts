import { fold } from "./fold.ts";

/**
 * With the longest id, and in base64, a cursor with a key of this many bytes stays within the 1000 characters that a
 * query may give.
 */
const MAX_BYTES = 72;
const NEVER_LONGER = MAX_BYTES / 3;

/** What cameras are ordered by for their name: its beginning, folded. Names that begin alike are ordered by id. */
export function nameKey(name: string): string {
  const folded = fold(name);
  if (folded.length <= NEVER_LONGER) return folded;
  let bytes = 0;
  let end = 0;
  for (const character of folded) {
    bytes += bytesInJson(character);
    if (bytes > MAX_BYTES) break;
    end += character.length;
  }
  return folded.slice(0, end);
}

function bytesInJson(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character === '"' || character === "\\" ? 2 : 1;
  if (code < 0x8_00) return 2;
  return code < 0x1_00_00 ? 3 : 4;
}
