import { createHash } from "node:crypto";

/** Names the text of a notice: it is that text which was accepted, and no later one. */
export function hashOfNotice(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
