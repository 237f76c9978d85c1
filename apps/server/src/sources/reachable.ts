import { once } from "node:events";
import { lookup } from "node:dns/promises";
import { connect } from "node:net";

import { describeError } from "@argus/core";
import type { AddressRule } from "@argus/streams";

const PATIENCE_MS = 10_000;
const PORTS = [443, 80] as const;
const MEND = "look at the network and its firewall, or try again later";

/**
 * Why nobody can be connected to at a host, at its port or else those of HTTPS and HTTP; null when somebody can. Only
 * addresses that the rule lets pass are tried, as a source's own requests are.
 */
export async function whyUnreachable(host: string, rule: AddressRule, signal: AbortSignal): Promise<string | null> {
  const { hostname = host, port = "" } = URL.parse(`http://${host}`) ?? {};
  try {
    const found = await lookup(hostname.replace(/^\[|\]$/gu, ""), { all: true });
    const address = found.find((each) => rule(each.address) === null)?.address;
    if (address === undefined) return describeRefusal(found[0]?.address ?? "", rule);
    const ports = port === "" ? PORTS : [Number(port)];
    await Promise.any(ports.map((each) => tryConnect(address, each, signal)));
    return null;
  } catch (error) {
    signal.throwIfAborted();
    const reason: unknown = error instanceof AggregateError ? error.errors[0] : error;
    return `${describeError(reason)}; ${MEND}`;
  }
}

function describeRefusal(address: string, rule: AddressRule): string {
  return `its address ${address} is not public (${rule(address)}); if it is yours, open its network under [egress] allow`;
}

async function tryConnect(host: string, port: number, signal: AbortSignal): Promise<void> {
  const socket = connect({ host, port });
  try {
    await once(socket, "connect", { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
  } finally {
    socket.destroy();
  }
}
