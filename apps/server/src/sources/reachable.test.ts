import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, expect, it } from "vitest";

import { whyUnreachable } from "./reachable.ts";

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close());

const anywhere = (): null => null;
const never = new AbortController().signal;

it("says nothing about a host that can be connected to", async () => {
  expect(await whyUnreachable(`127.0.0.1:${port}`, anywhere, never)).toBeNull();
});

it("says what keeps a host from being reached, and what to do", async () => {
  expect(await whyUnreachable("127.0.0.1:9", anywhere, never)).toMatch(/ECONNREFUSED.*firewall/u);
  expect(await whyUnreachable("nowhere.invalid", anywhere, never)).toMatch(/nowhere\.invalid.*firewall/u);
});

it("does not connect to an address that the rule refuses", async () => {
  let connections = 0;
  server.on("connection", () => (connections += 1));
  const reason = await whyUnreachable(`127.0.0.1:${port}`, () => "loopback", never);
  expect(reason).toMatch(/127\.0\.0\.1 is not public \(loopback\).*\[egress\] allow/u);
  expect(connections).toBe(0);
});

it("ends with the signal", async () => {
  await expect(whyUnreachable("127.0.0.1:9", anywhere, AbortSignal.abort(new Error("stopped")))).rejects.toThrow(
    "stopped",
  );
});
