import { decodeHtmlAttribute } from "./entities.ts";

const MAX_LENGTH = 4096;
const WEB_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:"]);
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/iu;
/** What only keeps caches from answering: a moment or a random number, under one of the usual names or none. */
const BUSTER =
  /^(?:(?:t|_t|_|ts|time|timestamp|dt|r|rand|random|rnd|cb|nocache|cachebuster|cache)=(?:\d{8,}(?:\.\d+)?|0?\.\d+)?|\d{8,}|_=\d*)$/iu;

/**
 * The address of a picture as it is to be stored: absolute and http(s), HTML-unescaped, spaces encoded, without default
 * port, fragment and cache buster; what else it asks for stays to the letter. Null when it is no such address.
 */
export function imageUrl(text: string | null | undefined, base?: string): string | null {
  const address = decodeHtmlAttribute((text ?? "").slice(0, MAX_LENGTH)).trim();
  if (address === "") return null;
  const absolute = base === undefined && address.startsWith("//") ? `https:${address}` : address;
  if (base === undefined && !HAS_SCHEME.test(absolute)) return null;
  const url = URL.parse(absolute, base);
  if (url === null || !WEB_PROTOCOLS.has(url.protocol)) return null;
  url.hash = "";
  url.search = withoutBusters(url.search);
  return url.href;
}

function withoutBusters(search: string): string {
  const parameters = search
    .slice(1)
    .split("&")
    .filter((parameter) => !BUSTER.test(parameter))
    .join("&");
  // With its own question mark: one that begins the first parameter would be taken for it.
  return parameters === "" ? "" : `?${parameters}`;
}
