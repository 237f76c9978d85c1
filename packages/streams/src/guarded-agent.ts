import { promises as dns } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { callbackify } from "node:util";

import type { AddressRule } from "./address.ts";
import { addressBlocked } from "./errors.ts";

export type ResolvedAddress = { address: string; family: number };

/** Every address of a name; replaced in tests. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const systemResolve: Resolve = (hostname) => dns.lookup(hostname, { all: true });

export type Agents = { http: http.Agent; https: https.Agent };

type Connection = {
  host?: string | null | undefined;
  socketPath?: string | undefined;
  lookup?: LookupFunction | undefined;
};

/**
 * Agents that open a socket only to an address the rule lets pass. The check sits where sockets are made, so no request,
 * redirect or retry gets round it, and a socket is connected to the very addresses that were checked: the name is not
 * resolved a second time. Sockets are not kept, so none outlives the check it passed.
 */
export function createGuardedAgents(rule: AddressRule, resolve: Resolve): Agents {
  const lookup = guardedLookup(rule, resolve);
  const guard = <Options extends Connection>(options: Options): Options => {
    const host = (options.host ?? "").replace(/^\[|\]$/gu, "");
    // A literal address is connected to without any lookup.
    if (isIP(host) !== 0) refuse(rule, host, [{ address: host, family: isIP(host) }]);
    return { ...options, lookup, socketPath: undefined };
  };
  class GuardedHttpAgent extends http.Agent {
    override createConnection(
      ...[options, done]: Parameters<http.Agent["createConnection"]>
    ): ReturnType<http.Agent["createConnection"]> {
      return super.createConnection(guard(options), done);
    }
  }
  class GuardedHttpsAgent extends https.Agent {
    override createConnection(
      ...[options, done]: Parameters<https.Agent["createConnection"]>
    ): ReturnType<https.Agent["createConnection"]> {
      return super.createConnection(guard(options), done);
    }
  }
  return { http: new GuardedHttpAgent({ keepAlive: false }), https: new GuardedHttpsAgent({ keepAlive: false }) };
}

function guardedLookup(rule: AddressRule, resolve: Resolve): LookupFunction {
  const lookup = callbackify((hostname: string) => permitted(rule, resolve, hostname));
  return (hostname, options, done) =>
    lookup(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) done(error, []);
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
}

async function permitted(
  rule: AddressRule,
  resolve: Resolve,
  hostname: string,
): Promise<[ResolvedAddress, ...ResolvedAddress[]]> {
  const addresses = await resolve(hostname);
  if (addresses.length === 0) throw Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" });
  return refuse(rule, hostname, addresses);
}

/** The addresses the rule lets pass; when there are none, the error about the first. */
function refuse(
  rule: AddressRule,
  host: string,
  addresses: readonly ResolvedAddress[],
): [ResolvedAddress, ...ResolvedAddress[]] {
  const [first, ...rest] = addresses.filter(({ address }) => rule(address) === null);
  if (first !== undefined) return [first, ...rest];
  const address = addresses[0]?.address ?? host;
  throw addressBlocked(host, address, rule(address) ?? "unknown");
}
