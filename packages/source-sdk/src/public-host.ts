// No node:net: a source's process, which loads this, is kept from it.
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/u;
/** Names that never leave a local network: RFC 6761, RFC 6762, RFC 8375, RFC 9476's kin, and what routers make up. */
const LOCAL_SUFFIXES = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "home.arpa",
  "lan",
] as const;
/** Services whose names stand for the address that is written in them, private ones included. */
const ADDRESS_NAMES = ["nip.io", "sslip.io", "xip.io", "traefik.me", "localtest.me", "lvh.me", "vcap.me"] as const;

/**
 * Why a URL's host is none that the public is meant to reach by name; null when there is nothing to say against it. The
 * name itself is judged and not looked up: what it resolves to is up to whoever connects.
 */
export function whyNotPublic({ hostname }: URL): string | null {
  const host = hostname.replace(/\.$/u, "");
  // WHATWG's URL has turned decimal, octal, hexadecimal and short forms of an IPv4 address into its usual one.
  if (IPV4.test(host) || host.startsWith("[")) return "is a bare IP address, which nobody published a camera under";
  if (ends(host, ADDRESS_NAMES)) return "is a name that stands for an IP address";
  if (ends(host, LOCAL_SUFFIXES)) return "is a name of a local network";
  if (!host.includes(".")) return "is no public name";
  return null;
}

function ends(host: string, suffixes: readonly string[]): boolean {
  return suffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}
