import { createHash } from "node:crypto";

const LENGTH = 16;

/** An id for a camera that its origin gives none: 16 hex digits, always the same for the same parts. */
export function stableId(...parts: readonly (string | number)[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, LENGTH);
}
