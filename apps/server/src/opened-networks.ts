import { BlockList, isIP } from "node:net";

/** Whether a URL's host is an address in one of the networks that the user opened. */
export function openedNetworks(networks: readonly string[]): (url: URL) => boolean {
  const opened = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    opened.addSubnet(address, Number(prefix), familyOf(address));
  }
  return ({ hostname }) => {
    const address = hostname.replace(/^\[|\]$/gu, "");
    return isIP(address) !== 0 && opened.check(address, familyOf(address));
  };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
