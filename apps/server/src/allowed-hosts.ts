import { urlHost } from "./listen.ts";

const HTTP_PORT = 80;

/** The Host headers to answer: loopback by its three names, the address itself, and what the user added. */
export function allowedHosts(
  { host, allowed_hosts }: { host: string; allowed_hosts: string[] },
  port: number,
): string[] {
  const names = ["127.0.0.1", "localhost", "[::1]", urlHost(host)];
  const own = names.map((name) => `${name}:${port}`);
  // Browsers leave out the scheme's own port.
  return [...new Set([...own, ...(port === HTTP_PORT ? names : []), ...allowed_hosts])];
}
