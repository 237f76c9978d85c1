// The last word of a parameter's name says what it holds: app_key, apiKey, AccessCode, X-Amz-Signature, auth_token.
const CREDENTIAL_NAME =
  /(?:key|token|secret|passw(?:or)?d|passwd|pwd|pass|auth|authorization|sig|signature|credentials?|access[_-]?code|session(?:[_-]?id)?)$/iu;
const HIDDEN = "***";

/** What in a URL looks like a credential: `user name or password`, or the query parameter's name; null when nothing does. */
export function credentialIn(url: URL): string | null {
  if (url.username !== "" || url.password !== "") return "user name or password";
  for (const name of url.searchParams.keys()) if (CREDENTIAL_NAME.test(name)) return `query parameter "${name}"`;
  return null;
}

/** The URL as it may stand in a log or an error: credential-looking values replaced, the rest as it was. */
export function redactUrl(address: string | URL): string {
  const url = URL.parse(String(address));
  if (url === null) return HIDDEN;
  if (credentialIn(url) === null) return url.href;
  if (url.username !== "") url.username = HIDDEN;
  if (url.password !== "") url.password = HIDDEN;
  for (const name of new Set(url.searchParams.keys()))
    if (CREDENTIAL_NAME.test(name)) url.searchParams.set(name, HIDDEN);
  return url.href;
}
