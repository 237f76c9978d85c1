import { type FeatureRow, plainText } from "@argus/source-sdk";

const FEATURE_ID = "$id";
const NULL_WORD = /^(?:null|none|n\/a)$/iu;

/** What a row has in a column; undefined when nothing is there. */
export function fieldOf(row: FeatureRow, column: string): unknown {
  return column === FEATURE_ID ? (row.id ?? undefined) : within(row.properties, column);
}

/** What stands in an object or list at a name, or where it is none at a dotted path (`a.b`, `a.0`). */
export function within(from: unknown, path: string): unknown {
  if (typeof from !== "object" || from === null) return undefined;
  if (Object.hasOwn(from, path)) return (from as Record<string, unknown>)[path];
  const dot = path.indexOf(".");
  return dot < 1 ? undefined : within(within(from, path.slice(0, dot)), path.slice(dot + 1));
}

/** A field as text just as it is, for addresses; null when it says nothing. */
export function rawText(row: FeatureRow, column: string | null): string | null {
  const value = column === null ? null : fieldOf(row, column);
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  const text = String(value).trim();
  return text === "" || NULL_WORD.test(text) ? null : text;
}

/** A field as people are to read it; null when it says nothing. */
export function shownText(row: FeatureRow, column: string | null): string | null {
  return plainText(rawText(row, column));
}
