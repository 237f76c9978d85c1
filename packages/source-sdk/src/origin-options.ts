const MAX_ADDRESSES = 200;
const WEB_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:"]);

/**
 * The web addresses that a user wrote into these options: `lists.url` is `url` of each of `lists`. What is no absolute
 * http(s) address, like a path below `base_url`, is none. Reads options as they were configured, so that no default of a
 * source counts as the user's word.
 */
export function addressesIn(configured: unknown, paths: readonly string[]): URL[] {
  const addresses = paths.flatMap((path) => valuesAt(configured, path.split("."))).flatMap(addressOf);
  return addresses.slice(0, MAX_ADDRESSES);
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
  return valuesAt((value as Record<string, unknown>)[name], rest);
}

function addressOf(value: unknown): URL[] {
  const url = typeof value === "string" ? URL.parse(value) : null;
  return url !== null && WEB_PROTOCOLS.has(url.protocol) && url.host !== "" ? [url] : [];
}
