import { credentialIn, redactUrl } from "../redact.ts";
import type { Trimmed } from "./trim-text.ts";

const URL_IN_TEXT = /\b(?:https?|rtsp|rtmp|ftp):\/\/[^\s"'<>\\]+/giu;
const EMAIL = /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b/gu;
const EMAIL_INSTEAD = "someone@cameras.example";
const SECRET_FIELD =
  /"(?<name>[^"\\]*(?:api_?key|token|secret|password|passwd|authorization))"(?<colon>\s*:\s*)"(?:[^"\\]|\\.)*"/giu;
const HIDDEN = "***";

/** The text without credentials in URLs, e-mail addresses, fields that are named like secrets, and the secrets given. */
export function redactText(text: string, format: Trimmed["format"], secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets) if (secret !== "") redacted = redacted.replaceAll(secret, HIDDEN);
  redacted = redacted.replaceAll(URL_IN_TEXT, (url) => withoutCredential(url, format)).replaceAll(EMAIL, EMAIL_INSTEAD);
  return format === "json" ? redacted.replaceAll(SECRET_FIELD, `"$<name>"$<colon>"${HIDDEN}"`) : redacted;
}

function withoutCredential(address: string, format: Trimmed["format"]): string {
  const isMarkup = format === "xml" || format === "other";
  const url = URL.parse(isMarkup ? address.replaceAll("&amp;", "&") : address);
  if (url === null || credentialIn(url) === null) return address;
  return isMarkup ? redactUrl(url).replaceAll("&", "&amp;") : redactUrl(url);
}
