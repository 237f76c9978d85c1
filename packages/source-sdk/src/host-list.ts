const WILDCARD = "*.";

/**
 * Whether a URL's host is declared: by its name, by `*.name` for every host below one, or by name and port.
 * A name alone declares all of its ports.
 */
export function isDeclared(url: URL, hosts: readonly string[]): boolean {
  return hosts.some((host) =>
    host.startsWith(WILDCARD) ? url.hostname.endsWith(host.slice(1)) : host === url.hostname || host === url.host,
  );
}
