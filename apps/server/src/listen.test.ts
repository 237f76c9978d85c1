import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";

import { expect, it } from "vitest";

import { listen, portOf } from "./listen.ts";

it("lets go of a client that takes nothing any more", { timeout: 10_000 }, async () => {
  const server = await listen("127.0.0.1", 0, { idleMs: 50 });
  const socket = connect(portOf(server), "127.0.0.1");
  socket.pause();
  socket.on("error", () => undefined);
  try {
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const [, response] = (await once(server, "request")) as [IncomingMessage, ServerResponse];
    while (response.write(Buffer.alloc(1_000_000)));
    await once(response, "close");
    expect(response.writableFinished).toBe(false);
  } finally {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  }
});
