import { expect, it } from "vitest";

import { allowedHosts } from "./allowed-hosts.ts";

it("names loopback, the address itself and what the user added, with the port", () => {
  expect(allowedHosts({ host: "127.8.8.8", allowed_hosts: ["argus.example.org"] }, 8765)).toEqual([
    "127.0.0.1:8765",
    "localhost:8765",
    "[::1]:8765",
    "127.8.8.8:8765",
    "argus.example.org",
  ]);
});

it("takes names without a port on port 80, for browsers leave it out there", () => {
  expect(allowedHosts({ host: "127.0.0.1", allowed_hosts: [] }, 80)).toEqual(
    expect.arrayContaining(["127.0.0.1:80", "127.0.0.1", "localhost", "[::1]"]),
  );
});
