/** Most URLs: https, a host in lower case without a port, a path, and nothing behind it. */
const ORDINARY = /^https:\/\/[a-z0-9.-]+\/[^?#]*$/u;
const PARTS = /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/iu;
const DEFAULT_PORT: Readonly<Record<string, RegExp>> = { http: /:0*80$/u, https: /:0*443$/u };
/** Parameters that only keep a cache from answering, whatever their value. */
const CACHE_BUSTERS: ReadonlySet<string> = new Set([
  "_",
  "cachebust",
  "cachebuster",
  "cache_buster",
  "nocache",
  "no_cache",
  "rand",
  "random",
  "rnd",
  "timestamp",
]);
/** These too where the value is a time or a random number; else they may well say which camera is meant. */
const AMBIGUOUS: ReadonlySet<string> = new Set(["cb", "d", "r", "t", "time", "ts", "v"]);
const TIME_OR_CHANCE = /^(?:|\d{10,}|0?\.\d+)$/u;

/**
 * What two URLs of the same picture have in common: http is as good as https, and the host's letter case, the default
 * port, the order of the parameters, those that only keep caches from answering, and what is behind # do not matter.
 * Of a text that is no web address: the text itself.
 */
export function imageKey(url: string): string {
  if (ORDINARY.test(url)) return url;
  const [, scheme = "", host = "", path = "", query = ""] = PARTS.exec(url) ?? [];
  if (host === "") return url;
  const port = DEFAULT_PORT[scheme.toLowerCase()] ?? /$/u;
  const parameters = query.split("&").filter((parameter) => parameter !== "" && !isCacheBuster(parameter));
  const asked = parameters.length === 0 ? "" : `?${parameters.toSorted().join("&")}`;
  return `https://${host.toLowerCase().replace(port, "")}${path === "" ? "/" : path}${asked}`;
}

function isCacheBuster(parameter: string): boolean {
  const [name = "", value = ""] = parameter.split("=", 2);
  const key = name.toLowerCase();
  return CACHE_BUSTERS.has(key) || (AMBIGUOUS.has(key) && TIME_OR_CHANCE.test(value));
}
