import { digestOf } from "./digest.ts";

const LENGTH = 16;

/** An id for a camera that its origin gives none: 16 hex digits, always the same for the same parts. */
export function stableId(...parts: readonly (string | number)[]): string {
  return digestOf(parts.join("\n"), "hex").slice(0, LENGTH);
}
