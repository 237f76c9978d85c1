import { BlockList, isIP, isIPv4 } from "node:net";

import { allowInvalid } from "./errors.ts";
import { embeddedIpv4, withoutZone } from "./ipv6.ts";

/** Null when Argus may connect to the address, else why not. */
export type AddressRule = (address: string) => string | null;

type Range = { why: string; list: BlockList };

/**
 * The special-purpose ranges that are not globally reachable: RFC 6890 and the IANA special-purpose address registries
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry, read 2026-11), multicast
 * (RFC 5771), the reserved block (RFC 1112), and the one public address that a cloud answers inside its own network.
 */
const IPV4_SPECIAL: readonly (readonly [cidr: string, why: string])[] = [
  ["0.0.0.0/8", "this network, RFC 791"],
  ["10.0.0.0/8", "private, RFC 1918"],
  ["100.64.0.0/10", "carrier-grade NAT, RFC 6598"],
  ["127.0.0.0/8", "loopback, RFC 1122"],
  ["169.254.0.0/16", "link-local and cloud metadata, RFC 3927"],
  ["172.16.0.0/12", "private, RFC 1918"],
  ["192.0.0.0/24", "IETF protocol assignments, RFC 6890"],
  ["192.0.2.0/24", "documentation, RFC 5737"],
  ["192.88.99.0/24", "6to4 relay anycast, RFC 7526"],
  ["192.168.0.0/16", "private, RFC 1918"],
  ["198.18.0.0/15", "benchmarking, RFC 2544"],
  ["198.51.100.0/24", "documentation, RFC 5737"],
  ["203.0.113.0/24", "documentation, RFC 5737"],
  ["224.0.0.0/4", "multicast, RFC 5771"],
  ["240.0.0.0/4", "reserved, RFC 1112"],
  // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  ["168.63.129.16/32", "the metadata address of Azure"],
];

const IPV6_SPECIAL: readonly (readonly [cidr: string, why: string])[] = [
  ["::/128", "unspecified, RFC 4291"],
  ["::1/128", "loopback, RFC 4291"],
  // Operators choose where in it the IPv4 address sits (RFC 8215), so what it embeds cannot be known.
  ["64:ff9b:1::/48", "local-use NAT64, RFC 8215"],
  ["100::/64", "discard-only, RFC 6666"],
  ["2001::/23", "IETF protocol assignments, RFC 2928"],
  ["2001:db8::/32", "documentation, RFC 3849"],
  ["3fff::/20", "documentation, RFC 9637"],
  ["fc00::/7", "unique local, RFC 4193"],
  ["fe80::/10", "link-local, RFC 4291"],
  ["fec0::/10", "site-local, RFC 3879"],
  ["ff00::/8", "multicast, RFC 4291"],
];

// All that IANA has given out for unicast so far (RFC 4291, https://www.iana.org/assignments/ipv6-address-space).
const IPV6_GLOBAL_UNICAST = "2000::/3";

/**
 * Public addresses and those within `allow` may be connected to. An IPv4 address inside an IPv6 one (mapped, NAT64,
 * 6to4) is judged too, for that is where the packets go.
 * @param allow addresses or CIDR ranges that the user opened; they win over everything.
 * @throws ArgusError ARGUS_STREAM_ALLOW_INVALID naming the entry that is neither.
 */
export function createAddressRule(allow: readonly string[]): AddressRule {
  const opened = blockListOf(allow.map((entry) => [entry, ""] as const));
  const ipv4 = IPV4_SPECIAL.map(([cidr, why]) => ({ why, list: blockListOf([[cidr, why]]) }));
  const ipv6 = IPV6_SPECIAL.map(([cidr, why]) => ({ why, list: blockListOf([[cidr, why]]) }));
  const unicast = blockListOf([[IPV6_GLOBAL_UNICAST, ""]]);
  const judgeIpv4 = (address: string) => firstWhy(ipv4, address);

  return (given) => {
    const address = withoutZone(given);
    if (isIP(address) === 0) return "not an IP address";
    if (contains(opened, address)) return null;
    if (isIPv4(address)) return judgeIpv4(address);
    const inner = embeddedIpv4(address);
    if (inner === null)
      return firstWhy(ipv6, address) ?? (contains(unicast, address) ? null : "outside global unicast, RFC 4291");
    // A mapped address is the IPv4 address itself; through a translator it is another network's.
    if (inner.kind === "mapped" && contains(opened, inner.address)) return null;
    const why = judgeIpv4(inner.address);
    return why === null ? null : `${inner.kind} form of ${inner.address}: ${why}`;
  };
}

function firstWhy(ranges: readonly Range[], address: string): string | null {
  return ranges.find(({ list }) => contains(list, address))?.why ?? null;
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

function blockListOf(entries: readonly (readonly [cidr: string, why: string])[]): BlockList {
  const list = new BlockList();
  for (const [cidr] of entries) addRange(list, cidr);
  return list;
}

const CIDR = /^(?<network>[0-9a-fA-F.:]+)(?:\/(?<prefix>\d{1,3}))?$/u;

function addRange(list: BlockList, entry: string): void {
  const { network = "", prefix } = CIDR.exec(entry.trim())?.groups ?? {};
  const version = isIP(network);
  const widest = version === 4 ? 32 : 128;
  const bits = prefix === undefined ? widest : Number(prefix);
  if (version === 0 || bits > widest) throw allowInvalid(entry);
  list.addSubnet(network, bits, version === 4 ? "ipv4" : "ipv6");
}
