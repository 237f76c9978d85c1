const HEXTETS = 8;
const BYTE = 0xff;
const NAT64_PREFIX = [0x64, 0xff9b, 0, 0, 0, 0] as const;
const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0xffff] as const;
const SIX_TO_FOUR = 0x2002;

/** An IPv4 address that an IPv6 address stands for. */
export type EmbeddedIpv4 = { kind: "mapped" | "NAT64" | "6to4"; address: string };

/** The address without the interface a link-local one may name (`fe80::1%eth0`). */
export function withoutZone(address: string): string {
  const zone = address.indexOf("%");
  return zone === -1 ? address : address.slice(0, zone);
}

/**
 * What a valid IPv6 address embeds: IPv4-mapped (RFC 4291 2.5.5.2), NAT64's well-known prefix (RFC 6052) or 6to4
 * (RFC 3056); else null.
 */
export function embeddedIpv4(address: string): EmbeddedIpv4 | null {
  const words = hextets(address);
  if (startsWith(words, MAPPED_PREFIX)) return { kind: "mapped", address: dotted(words[6], words[7]) };
  if (startsWith(words, NAT64_PREFIX)) return { kind: "NAT64", address: dotted(words[6], words[7]) };
  if (words[0] === SIX_TO_FOUR) return { kind: "6to4", address: dotted(words[1], words[2]) };
  return null;
}

/** The eight 16-bit words. The URL parser writes every valid form in one way: hexadecimal, one `::` at the most. */
function hextets(address: string): number[] {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = wordsOf(head);
  const after = tail === undefined ? [] : wordsOf(tail);
  const zeros = Array.from({ length: HEXTETS - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after];
}

function wordsOf(text: string): number[] {
  return text === "" ? [] : text.split(":").map((word) => Number.parseInt(word, 16));
}

function startsWith(words: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((word, index) => words[index] === word);
}

function dotted(high = 0, low = 0): string {
  return [high >> 8, high & BYTE, low >> 8, low & BYTE].join(".");
}
