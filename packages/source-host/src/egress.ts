import { lookup as systemLookup, type LookupAddress, type LookupOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";

import { addressRefused } from "./errors.ts";

/** Null when an address may be connected to, else why not. */
export type AddressRule = (address: string) => string | null;

/** Where a source's requests may lead: the hosts it declares, at addresses that the rule lets pass. */
export type Egress = { hosts: string[]; lookup: LookupFunction };

export type EgressParts = {
  /** Declared by the source. */
  declared: readonly string[];
  /** Where its origin answers. */
  baseUrl: string | null;
  /** Addresses of origins that a person has written themselves: what they name is theirs to open, in their own network too. */
  chosen: readonly URL[];
  rule: AddressRule;
};

export function egressOf({ declared, baseUrl, chosen, rule }: EgressParts): Egress {
  const base = URL.parse(baseUrl ?? "");
  const isOpen = (hostname: string): boolean => chosen.some((url) => url.hostname === hostname);
  const named = [...(base === null ? [] : [base]), ...chosen].map(({ host }) => host);
  const hosts = [...new Set([...declared, ...named.filter((host) => host !== "")])];
  return {
    // An address is connected to without any lookup.
    hosts: hosts.filter((host) => isOpen(hostnameOf(host)) || !isRefused(hostnameOf(host), rule)),
    lookup: guardedLookup(rule, isOpen),
  };
}

function isRefused(hostname: string, rule: AddressRule): boolean {
  const address = hostname.replace(/^\[|\]$/gu, "");
  return isIP(address) !== 0 && rule(address) !== null;
}

function hostnameOf(host: string): string {
  return URL.parse(`http://${host}`)?.hostname ?? host;
}

/** Gives only addresses that the rule lets pass, so that the socket is opened to one that was checked. */
function guardedLookup(rule: AddressRule, isOpen: (hostname: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    systemLookup(
      hostname,
      { ...options, all: true } as LookupOptions & { all: true },
      (error, found: LookupAddress[]) => {
        if (error !== null) return done(error, []);
        const passed = isOpen(hostname) ? found : found.filter(({ address }) => rule(address) === null);
        const [first] = passed;
        if (first === undefined) return done(addressRefused(hostname, found[0]?.address ?? "", rule), []);
        if (options.all === true) done(null, passed);
        else done(null, first.address, first.family);
      },
    );
  };
}
