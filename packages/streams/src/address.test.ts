import { BlockList } from "node:net";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createAddressRule } from "./address.ts";

const judge = createAddressRule([]);

const SPECIAL_V4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
const numeric = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const hex = (address: string): string => {
  const value = numeric(address);
  return `${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`;
};
const anyIpv4 = fc.nat({ max: 2 ** 32 - 1 }).map(dotted);
const specialIpv4 = fc
  .constantFrom(...SPECIAL_V4)
  .chain(([network, prefix]) => fc.nat({ max: 2 ** (32 - prefix) - 1 }).map((host) => dotted(numeric(network) + host)));
const isSpecial = (address: string): boolean =>
  address === "168.63.129.16" ||
  SPECIAL_V4.some(
    ([network, prefix]) =>
      Math.floor(numeric(address) / 2 ** (32 - prefix)) === Math.floor(numeric(network) / 2 ** (32 - prefix)),
  );

describe("which addresses are public", () => {
  it("turns away every address of every special IPv4 range", () => {
    fc.assert(
      fc.property(specialIpv4, (address) => {
        expect(judge(address)).not.toBeNull();
      }),
    );
  });

  it("turns away an IPv4 address exactly when one of the registry's ranges holds it", () => {
    fc.assert(
      fc.property(fc.oneof(anyIpv4, specialIpv4), (address) => {
        expect(judge(address) !== null).toBe(isSpecial(address));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["::ffff:", (inner: string) => inner],
    ["::ffff:", hex],
    ["64:ff9b::", hex],
    ["2002:", (inner: string) => `${hex(inner)}::1`],
  ])("judges the IPv4 address inside %s as that address", (prefix, write) => {
    fc.assert(
      fc.property(fc.oneof(anyIpv4, specialIpv4), (inner) => {
        expect(judge(`${prefix}${write(inner)}`) === null).toBe(judge(inner) === null);
      }),
    );
  });

  it.each([
    "::",
    "::1",
    "0:0:0:0:0:0:0:1",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:1ff:ffff::",
    "2001:db8::1",
    "3fff:fff::1",
    "5f00::1",
    "4000::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "168.63.129.16",
    "169.254.169.254",
    "255.255.255.255",
    "::FFFF:7F00:1",
    "",
    "example.org",
    "127.1",
    "1.2.3.4/8",
  ])("turns away %j", (address) => expect(judge(address)).toEqual(expect.any(String)));

  it.each([
    "8.8.8.8",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "2001:200::1",
  ])("lets %s pass", (address) => expect(judge(address)).toBeNull());

  it("lets what the user allowed win, also where it comes as a mapped address", () => {
    const rule = createAddressRule(["127.0.0.1/32", "192.168.7.0/24", "fd12::/16", "10.1.2.3"]);
    const opened = ["127.0.0.1", "::ffff:127.0.0.1", "192.168.7.99", "fd12::5", "10.1.2.3"];
    expect(opened.map(rule)).toEqual(opened.map(() => null));
    for (const address of ["127.0.0.2", "192.168.8.1", "fd13::1", "10.1.2.4", "64:ff9b::7f00:1", "2002:7f00:1::1"])
      expect(rule(address)).not.toBeNull();
  });

  it("opens exactly the allowed range", () => {
    fc.assert(
      fc.property(anyIpv4, fc.integer({ min: 0, max: 32 }), anyIpv4, (network, prefix, address) => {
        const range = new BlockList();
        range.addSubnet(network, prefix, "ipv4");
        const expected = range.check(address, "ipv4") || judge(address) === null;
        expect(createAddressRule([`${network}/${prefix}`])(address) === null).toBe(expected);
      }),
    );
  });

  it.each(["", "localhost", "10.0.0.0/33", "fd00::/129", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/8/8", "*"])(
    "refuses %j as an allowed range and names it",
    (entry) => {
      expect(() => createAddressRule([entry])).toThrow(
        expect.objectContaining({
          code: "ARGUS_STREAM_ALLOW_INVALID",
          message: expect.stringContaining(JSON.stringify(entry)),
        }),
      );
    },
  );
});
