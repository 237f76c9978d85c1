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
// By which an origin signs an address for a while, for whoever has asked it: X-Amz-Signature, token, hdnts.
const SIGNING_WORDS: ReadonlySet<string> = new Set(
  "token jwt sig signature hmac credential hdnea hdnts hdntl".split(" "),
);
const HUMPS = /(?<=[a-z0-9])(?=[A-Z])/u;
const WORD_BREAKS = /[^a-z0-9]+/u;
const ADDRESS_WITH_USER = /^\s*[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*@/iu;

/**
 * What in a URL looks like a credential: `user name or password`, or the query parameter's name; null when nothing does.
 * With `signed`, what signs an address for a while is none.
 */
export function credentialIn(url: URL, { signed = false }: { signed?: boolean } = {}): string | null {
  if (url.username !== "" || url.password !== "") return "user name or password";
  for (const [name, value] of url.searchParams) {
    const isSignature = signed && SIGNING_WORDS.has(wordsOf(name).at(-1) ?? "") && !ADDRESS_WITH_USER.test(value);
    if (!isSignature && isCredential(name, value)) return `query parameter "${name.slice(0, 100)}"`;
  }
  return null;
}

/** The URL as it may stand in a log or an error: credential-looking values replaced, the rest as it was. */
export function redactUrl(address: string | URL): string {
  const url = URL.parse(String(address));
  if (url === null) return HIDDEN;
  if (credentialIn(url) === null) return url.href;
  if (url.username !== "") url.username = HIDDEN;
  if (url.password !== "") url.password = HIDDEN;
  const hidden = [...url.searchParams].filter(([name, value]) => isCredential(name, value));
  for (const [name] of hidden) url.searchParams.set(name, HIDDEN);
  return url.href;
}

/** By its name, or as an address with a user name or password: `?url=http://admin:pw@camera.example/`. */
function isCredential(name: string, value: string): boolean {
  return isCredentialName(name) || ADDRESS_WITH_USER.test(value);
}

/** Whether a name (of a parameter, a header, a field) is one that credentials go by. */
function isCredentialName(name: string): boolean {
  const words = wordsOf(name);
  return CREDENTIAL_WORDS.has(words.at(-1) ?? "") || CREDENTIAL_ENDING.test(words.join(""));
}

function wordsOf(name: string): string[] {
  const words = name.split(HUMPS).join("_").toLowerCase().split(WORD_BREAKS);
  return words.filter((word) => word !== "");
}
