const HIDDEN = "***";

// The last word of a parameter's name says what it holds: app_key, apiKey, X-Amz-Signature, auth_token.
const CREDENTIAL_WORDS: ReadonlySet<string> = new Set(
  (
    "key token jwt secret password passwd passphrase passcode pwd pw pass auth authorization sig signature hmac " +
    "credential credentials session sessid user username usr login loginuse loginpas hdnea hdnts hdntl"
  ).split(" "),
);
// What is written as one word: apikey, AccessCode (which is two), accesskeyid.
const CREDENTIAL_ENDING =
  /(?:(?:api|app|access|auth|secret|private|subscription)key(?:id)?|(?:access|auth)code|token|secret|password|passwd|signature|credentials?|session_?id)$/u;
const HUMPS = /(?<=[a-z0-9])(?=[A-Z])/u;
const WORD_BREAKS = /[^a-z0-9]+/u;

/** What in a URL looks like a credential: `user name or password`, or the query parameter's name; null when nothing does. */
export function credentialIn(url: URL): string | null {
  if (url.username !== "" || url.password !== "") return "user name or password";
  for (const name of url.searchParams.keys())
    if (isCredentialName(name)) return `query parameter "${name.slice(0, 100)}"`;
  return null;
}

/** The URL as it may stand in a log or an error: credential-looking values replaced, the rest as it was. */
export function redactUrl(address: string | URL): string {
  const url = URL.parse(String(address));
  if (url === null) return HIDDEN;
  if (credentialIn(url) === null) return url.href;
  if (url.username !== "") url.username = HIDDEN;
  if (url.password !== "") url.password = HIDDEN;
  for (const name of new Set(url.searchParams.keys())) if (isCredentialName(name)) url.searchParams.set(name, HIDDEN);
  return url.href;
}

/** Whether a name (of a parameter, a header, a field) is one that credentials go by. */
function isCredentialName(name: string): boolean {
  const words = name
    .split(HUMPS)
    .join("_")
    .toLowerCase()
    .split(WORD_BREAKS)
    .filter((word) => word !== "");
  return CREDENTIAL_WORDS.has(words.at(-1) ?? "") || CREDENTIAL_ENDING.test(words.join(""));
}
