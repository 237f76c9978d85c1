import type * as crypto from "node:crypto";
import { createRequire } from "node:module";

type Crypto = typeof crypto;

const require = createRequire(import.meta.url);
let loaded: Crypto | null = null;

/** The SHA-256 of a text. */
export function digestOf(text: string, encoding: "hex" | "base64"): string {
  // When it is first needed: most sources' processes do without.
  loaded ??= require("node:crypto") as Crypto;
  return loaded.createHash("sha256").update(text).digest(encoding);
}
