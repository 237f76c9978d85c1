import { redactUrl } from "@argus/source-sdk";

const URL_IN_TEXT = /\bhttps?:\/\/[^\s"'<>`]+/giu;
const SHORTEST_SECRET = 4;
const HIDDEN = "***";

/** Takes the given secrets, and what looks like a credential in a URL, out of a text that is shown or logged. */
export function redactorOf(secrets: Iterable<string>): (text: string) => string {
  // A shorter one would tear holes into ordinary words.
  const hidden = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST_SECRET);
  return (text) => {
    const plain = hidden.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
    return plain.replace(URL_IN_TEXT, (url) => redactUrl(url));
  };
}
