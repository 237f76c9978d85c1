import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createApiServer } from "@argus/http-api";

import { cannotListen, portTaken } from "./errors.ts";

const PROBE_TIMEOUT_MS = 1000;
// A request's head must be here in this time; what a slow client gets is a closed socket.
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
// A client that takes nothing for so long has gone, or keeps a viewer's place from others. Longer than any silence of
// a camera that is being opened again; event streams have their heartbeat.
const IDLE_TIMEOUT_MS = 300_000;

/**
 * Binds a socket; what answers requests is added later.
 * @throws ArgusError ARGUS_SERVER_PORT_TAKEN or ARGUS_SERVER_CANNOT_LISTEN.
 */
export async function listen(host: string, port: number, { idleMs = IDLE_TIMEOUT_MS } = {}): Promise<Server> {
  const server = createApiServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS });
  server.setTimeout(idleMs);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw portTaken(host, port, await isArgus(host, port), error);
    }
    throw cannotListen(host, port, error);
  }
  return server;
}

/** The port a listening server was given. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** A host as it stands in a URL: IPv6 addresses in brackets. */
export function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

async function isArgus(host: string, port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://${urlHost(host)}:${port}/api/health`, {
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    const health: unknown = await answer.json();
    return typeof health === "object" && health !== null && "store" in health && "uptime_s" in health;
  } catch {
    // Whatever holds the port does not speak as Argus does; that is the answer.
    return false;
  }
}
