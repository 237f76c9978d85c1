import { undeclaredHost } from "../errors.ts";
import { isDeclared } from "../host-list.ts";
import type { HttpTransport } from "../http-transport.ts";
import { requestUrl } from "../request-url.ts";

/** The header by which a fixture server learns which host a request was meant for. */
export const FIXTURE_HOST = "x-fixture-host";
/** The header by which it knows a request of `ctx.http` from one that went past it. */
export const FIXTURE_HTTP = "x-fixture-http";

/**
 * Sends every request for a declared host to one server instead, so that a test never leaves the machine and may play
 * several hosts.
 */
export function reroute(transport: HttpTransport, server: string, hosts: readonly string[]): HttpTransport {
  const { origin, host } = new URL(server);
  return {
    fetch: async (request) => {
      const url = requestUrl(request.url);
      if (!isDeclared(url, hosts)) throw undeclaredHost(url);
      const marked = { ...request.headers, [FIXTURE_HTTP]: "1" };
      if (url.host === host) return await transport.fetch({ ...request, headers: marked });
      const headers = { ...marked, [FIXTURE_HOST]: url.host };
      return await transport.fetch({ ...request, url: origin + url.pathname + url.search, headers });
    },
  };
}
